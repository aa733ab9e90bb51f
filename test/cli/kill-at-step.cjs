/**
 * Loaded into a process before it starts (`--require`): the process kills itself just before step KILL_AT of its work on files in the folder
 * KILL_IN. Of a step that is repeated, the first two count.
 */
const fs = require('node:fs');
const { syncBuiltinESMExports } = require('node:module');
const { resolve, sep } = require('node:path');

const { KILL_AT, KILL_IN } = process.env;
let steps = 0;
let last = '';
let repeated = 0;

function step(name) {
  repeated = name === last ? repeated + 1 : 1;
  last = name;
  if (repeated <= 2 && ++steps === Number(KILL_AT)) process.kill(process.pid, 'SIGKILL');
}

const isInside = (path) => typeof path === 'string' && `${resolve(path)}${sep}`.startsWith(KILL_IN + sep);

function counted(object, name, isCounted) {
  const original = object[name];
  object[name] = function (...args) {
    if (isCounted(...args)) step(name);
    return original.apply(this, args);
  };
}

for (const name of ['openSync', 'rmSync']) counted(fs, name, isInside);
for (const name of ['open', 'rename', 'rm']) counted(fs.promises, name, isInside);
const { open } = fs.promises;
fs.promises.open = async (path, ...how) => {
  const handle = await open(path, ...how);
  if (isInside(path))
    for (const name of ['write', 'chmod', 'sync', 'close']) counted(handle, name, () => true);
  return handle;
};
syncBuiltinESMExports();
