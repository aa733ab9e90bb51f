import fc from 'fast-check';

/**
 * Random tests draw the same cases in each run, so that a change, and not chance, is what fails them. `SEED=$RANDOM npm test`
 * looks further; what it finds becomes a test of its own.
 */
fc.configureGlobal({ seed: Number(process.env.SEED ?? 20_240_229) });
