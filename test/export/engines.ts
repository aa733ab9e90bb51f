import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Interpreter, PYTHON_LOOP, R_LOOP } from './interpreter.js';
import type { Answer, Cell, Columns } from './rows.js';

/** Runs work in a folder of its own. */
async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'shrinkfit-export-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Whether a program can be run, with these words, here. */
export function canRun(program: string, ...args: readonly string[]): boolean {
  return spawnSync(program, args, { stdio: 'ignore' }).status === 0;
}

/** Rows as pairs of name and cell, from which both languages build their own objects. */
const entries = ({ names, cells, rows }: Columns): [string, Cell][][] =>
  Array.from({ length: rows }, (_, i) => names.map((name, j) => [name, cells[j][i]]));

const JS_CALLER = `
import { readFileSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
const work = async (folder) => {
  const model = await import(pathToFileURL(folder + '/model.mjs').href);
  if (Object.keys(model).join() !== 'predict') throw new Error(Object.keys(model).join());
  const rows = JSON.parse(readFileSync(folder + '/rows.json', 'utf8'));
  const answers = rows.map((row) => model.predict(Object.fromEntries(row)));
  writeFileSync(folder + '/answers.json', JSON.stringify(answers));
};
for await (const folder of createInterface({ input: process.stdin }))
  console.log(await work(folder).then(() => 'ok', (error) => JSON.stringify(String(error.stack))));`;

const node = new Interpreter(process.execPath, ['--input-type=module', '-e', JS_CALLER]);

/** Answers of an exported module in plain node. */
export function runJs(program: string, columns: Columns): Promise<Answer[]> {
  return inFolder(async (folder) => {
    writeFileSync(join(folder, 'model.mjs'), program);
    writeFileSync(join(folder, 'rows.json'), JSON.stringify(entries(columns)));
    await node.ask(folder);
    return JSON.parse(readFileSync(join(folder, 'answers.json'), 'utf8'));
  });
}

const PYTHON_CALLER = `
import importlib.util, json, sys
sys.dont_write_bytecode = True
def work(folder):
    spec = importlib.util.spec_from_file_location("model", folder + "/model.py")
    model = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(model)
    with open(folder + "/rows.json", encoding="utf-8") as file:
        rows = json.load(file)
    with open(folder + "/answers.json", "w") as file:
        json.dump([model.predict(dict(row)) for row in rows], file)
${PYTHON_LOOP}`;

const python = new Interpreter('python3', ['-S', '-c', PYTHON_CALLER]);

/** Answers of an exported module in Python without its site packages. */
export function runPython(program: string, columns: Columns): Promise<Answer[]> {
  return inFolder(async (folder) => {
    writeFileSync(join(folder, 'model.py'), program);
    writeFileSync(join(folder, 'rows.json'), JSON.stringify(entries(columns)));
    await python.ask(folder);
    return JSON.parse(readFileSync(join(folder, 'answers.json'), 'utf8'));
  });
}

const hex = (text: string): string => `x${Buffer.from(text).toString('hex')}`;

/** Texts in hexadecimal and numbers as bytes: nothing of the data passes through the syntax of R. */
const R_CALLER = `
decode <- function(x) {
  bytes <- function(h) as.raw(strtoi(substring(h, seq(2, nchar(h) - 1, 2), seq(3, nchar(h), 2)), 16L))
  text <- vapply(x, function(h) if (h == "NA") NA_character_ else if (h == "x") "" else rawToChar(bytes(h)), "")
  Encoding(text) <- "UTF-8"
  unname(text)
}
work <- function(folder) {
  setwd(folder)
  program <- new.env()
  source("model.R", local = program, encoding = "UTF-8")
  names <- decode(readLines("names"))
  kinds <- readLines("kinds")
  rows <- as.integer(readLines("rows"))
  numbers <- file("numbers", "rb")
  columns <- lapply(seq_along(names), function(j) {
    if (kinds[j] == "numeric") readBin(numbers, "double", rows) else decode(readLines(paste0("text", j)))
  })
  close(numbers)
  data <- structure(columns, names = names, row.names = .set_row_names(rows), class = "data.frame")
  answer <- program$predict_rows(data)
  stopifnot(nrow(answer) == rows, is.numeric(answer[[1]]))
  writeBin(answer[[1]], "figures")
  if (ncol(answer) == 2) {
    encode <- function(x) if (is.na(x)) "NA" else paste0("x", paste(charToRaw(enc2utf8(x)), collapse = ""))
    writeLines(vapply(answer[[2]], encode, ""), "classes")
  }
}
${R_LOOP}`;

const r = new Interpreter('Rscript', ['--vanilla', '-e', R_CALLER]);

/** Answers of an exported script in R. */
export function runR(program: string, { names, cells, rows }: Columns): Promise<Answer[]> {
  return inFolder(async (folder) => {
    const write = (name: string, content: string | Uint8Array) => writeFileSync(join(folder, name), content);
    const isText = cells.map((column) => column.some((cell) => typeof cell === 'string'));
    write('model.R', program);
    write('rows', `${rows}\n`);
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
    await r.ask(folder);
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

/** Ends the programs that were started. */
export function closeEngines(): void {
  for (const engine of [node, python, r]) engine.close();
}
