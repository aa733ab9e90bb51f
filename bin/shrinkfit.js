#!/usr/bin/env node
import { load } from './load.cjs';

await load().main(process.argv.slice(2));
