import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Answer, Cell, Columns } from './rows.js';

/** Runs work in a folder of its own. */
export function inFolder<T>(work: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'shrinkfit-export-'));
  try {
    return work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Whether a program can be run, with these words, here. */
export function canRun(program: string, ...args: readonly string[]): boolean {
  return spawnSync(program, args, { stdio: 'ignore' }).status === 0;
}

function run(program: string, args: readonly string[]): string {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (error !== undefined || status !== 0) throw new Error(`${program}: ${error ?? stderr}`);
  return stdout;
}

/** Rows as pairs of name and cell, from which both languages build their own objects. */
const entries = ({ names, cells, rows }: Columns): [string, Cell][][] =>
  Array.from({ length: rows }, (_, i) => names.map((name, j) => [name, cells[j][i]]));

/** Answers of an exported module in a fresh node. */
export function runJs(program: string, columns: Columns): Answer[] {
  return inFolder((folder) => {
    writeFileSync(join(folder, 'model.mjs'), program);
    writeFileSync(join(folder, 'rows.json'), JSON.stringify(entries(columns)));
    const caller = `
      import { readFileSync } from 'node:fs';
      import * as model from ${JSON.stringify(pathToFileURL(join(folder, 'model.mjs')).href)};
      if (Object.keys(model).join() !== 'predict') throw new Error(Object.keys(model).join());
      const rows = JSON.parse(readFileSync(${JSON.stringify(join(folder, 'rows.json'))}, 'utf8'));
      process.stdout.write(JSON.stringify(rows.map((row) => model.predict(Object.fromEntries(row)))));`;
    return JSON.parse(run(process.execPath, ['--input-type=module', '-e', caller]));
  });
}

/** Answers of an exported module in a fresh Python without its site packages. */
export function runPython(program: string, columns: Columns): Answer[] {
  return inFolder((folder) => {
    writeFileSync(join(folder, 'model.py'), program);
    writeFileSync(join(folder, 'rows.json'), JSON.stringify(entries(columns)));
    const caller = `
import json, sys
sys.path.insert(0, ${JSON.stringify(folder)})
sys.dont_write_bytecode = True
from model import predict
rows = json.load(open(${JSON.stringify(join(folder, 'rows.json'))}, encoding="utf-8"))
print(json.dumps([predict(dict(row)) for row in rows]))`;
    return JSON.parse(run('python3', ['-S', '-c', caller]));
  });
}

const hex = (text: string): string => `x${Buffer.from(text).toString('hex')}`;

/** Texts in hexadecimal and numbers as bytes: nothing of the data passes through the syntax of R. */
const R_CALLER = `
args <- commandArgs(TRUE)
setwd(args[1])
source("model.R", encoding = "UTF-8")
decode <- function(x) {
  bytes <- function(h) as.raw(strtoi(substring(h, seq(2, nchar(h) - 1, 2), seq(3, nchar(h), 2)), 16L))
  text <- vapply(x, function(h) if (h == "NA") NA_character_ else if (h == "x") "" else rawToChar(bytes(h)), "")
  Encoding(text) <- "UTF-8"
  unname(text)
}
names <- decode(readLines("names"))
kinds <- readLines("kinds")
rows <- as.integer(args[2])
numbers <- file("numbers", "rb")
columns <- lapply(seq_along(names), function(j) {
  if (kinds[j] == "numeric") readBin(numbers, "double", rows) else decode(readLines(paste0("text", j)))
})
close(numbers)
data <- structure(columns, names = names, row.names = .set_row_names(rows), class = "data.frame")
answer <- predict_rows(data)
stopifnot(nrow(answer) == rows, is.numeric(answer[[1]]))
writeBin(answer[[1]], "figures")
if (ncol(answer) == 2) {
  encode <- function(x) if (is.na(x)) "NA" else paste0("x", paste(charToRaw(enc2utf8(x)), collapse = ""))
  writeLines(vapply(answer[[2]], encode, ""), "classes")
}
`;

/** Answers of an exported script in a fresh R. */
export function runR(program: string, { names, cells, rows }: Columns): Answer[] {
  return inFolder((folder) => {
    const write = (name: string, content: string | Uint8Array) => writeFileSync(join(folder, name), content);
    const isText = cells.map((column) => column.some((cell) => typeof cell === 'string'));
    write('model.R', program);
    write('caller.R', R_CALLER);
    write('names', `${names.map(hex).join('\n')}\n`);
    write('kinds', `${isText.map((text) => (text ? 'text' : 'numeric')).join('\n')}\n`);
    const numbers = cells
      .filter((_, j) => !isText[j])
      .flatMap((column) => column.map((x) => x ?? Number.NaN));
    write('numbers', new Uint8Array(Float64Array.from(numbers as number[]).buffer));
    cells.forEach((column, j) => {
      const lines = column.map((cell) => (cell === null ? 'NA' : hex(String(cell))));
      if (isText[j]) write(`text${j + 1}`, `${lines.join('\n')}\n`);
    });
    run('Rscript', ['--vanilla', join(folder, 'caller.R'), folder, String(rows)]);
    const bytes = readFileSync(join(folder, 'figures'));
    const figures = Array.from(new Float64Array(new Uint8Array(bytes).buffer), (x) =>
      Number.isNaN(x) ? null : x,
    );
    if (!program.includes('class = classes')) return figures.map((prediction) => ({ prediction }));
    const classes = readFileSync(join(folder, 'classes'), 'utf8').trimEnd().split('\n');
    return figures.map((probability, i) => ({
      probability,
      class: classes[i] === 'NA' ? null : Buffer.from(classes[i].slice(1), 'hex').toString(),
    }));
  });
}
