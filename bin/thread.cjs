// What `supervise` runs on a thread of its own.
const { load } = require('./load.cjs');

load().mainOnThread(process.argv.slice(2));
