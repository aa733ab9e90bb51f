import { expect } from 'chai';
import { fitCommand } from '../../src/cli/commands/fit/command.js';
import { parseFitRequest } from '../../src/cli/commands/fit/parse-request.js';
import { parseArguments } from '../../src/cli/parse-arguments.js';

const parse = (...words: string[]) => parseArguments(words, fitCommand);
const request = (...words: string[]) => parseFitRequest(parse('a.csv', '-t', 'y', ...words));

describe('the command line of fit', () => {
  it('keeps values as they are written: numbers, quotes, a lone dash, a leading dash', () => {
    expect(parse('1e3').operands).to.deep.equal(['1e3']);
    expect(parse('a', '--target', '007').text('target')).to.equal('007');
    for (const value of ['"a","b"', "'x'", '"', '-', 'a=b', 'true', '-5', 'a\nb', 'é']) {
      expect(parse('f', '--target', value).text('target'), value).to.equal(value);
      expect(parse('f', `--target=${value}`).text('target'), value).to.equal(value);
    }
    expect(parse('f', '--target=-x').text('target')).to.equal('-x');
  });

  it('takes what follows -- as the file, and - too', () => {
    expect(parse('-t', 'y', '--', '--odd.csv').operands).to.deep.equal(['--odd.csv']);
    expect(parse('-', '-t', 'y').operands).to.deep.equal(['-']);
    expect(parse('-1.csv', '-q').operands).to.deep.equal(['-1.csv']);
    expect(parse('true', '-q', '--no-intercept').operands).to.deep.equal(['true']);
    expect(parse('-q', 'false').operands).to.deep.equal(['false']);
    expect(parse('-t', 'y', '--', '--').operands).to.deep.equal(['--']);
  });

  it('reads short options that are joined, and their values with or without =', () => {
    const given = parse('f', '-qpridge', '-l0.5', '-t=a=b');
    expect(given.has('quiet')).to.equal(true);
    const values = ['penalty', 'lambda', 'target'].map((name) => given.text(name));
    expect(values).to.deep.equal(['ridge', '0.5', 'a=b']);
    expect(parse('-qt', 'y', 'f').text('target')).to.equal('y');
    expect(() => parse('f', '-qz')).to.throw('unknown option "-qz"');
    expect(() => parse('f', '-q=1')).to.throw('-q takes no value, got "1"');
    expect(() => parse('f', '-qt')).to.throw('-t needs a value: -t COL');
    expect(() => parse('f', '-target', 'y')).to.throw('unknown option "-target"; did you mean --target?');
  });

  it('accepts options that state the defaults', () => {
    expect(request('--standardize', '--intercept').options).to.include({
      standardize: true,
      intercept: true,
    });
  });

  it('gives options that may be repeated in order', () => {
    expect(parse('f', '--require', 'a<1', '--require', 'b<1').texts('require')).to.deep.equal(['a<1', 'b<1']);
    expect(parse('f', '--require', 'a<1').texts('require')).to.deep.equal(['a<1']);
  });

  it('passes only what was given, so that defaults stay in one place', () => {
    const { options, csv, output, testFile } = request();
    expect(csv).to.deep.equal({});
    expect(testFile).to.equal(null);
    expect(options).to.deep.equal({
      target: 'y',
      family: 'auto',
      penaltyFactor: [],
      lower: [],
      upper: [],
      standardize: true,
      intercept: true,
      nonnegative: false,
      standardizeTarget: false,
    });
    expect(output).to.include({ format: 'table', table: 'both', rows: 20, color: 'auto', progress: 'auto' });
  });

  it('knows the aliases of the families', () => {
    expect(request('-f', 'linear').options.family).to.equal('gaussian');
    expect(request('-f', 'logistic').options.family).to.equal('binomial');
  });

  it('shows the path alone in csv', () => {
    expect(request('--format', 'csv').output.table).to.equal('path');
    expect(request('--format', 'csv', '--table', 'coefficients').output.table).to.equal('coefficients');
  });

  it('reads categorical columns as text, so that 01 and 1 stay two levels', () => {
    const { csv, options } = request('--categorical', 'zip,"a,b"');
    expect(csv.text).to.deep.equal(['zip', 'a,b']);
    expect(options.categorical).to.deep.equal(['zip', 'a,b']);
  });

  it('names dialect characters', () => {
    expect(request('--delimiter', 'tab', '--quote', 'none', '--comment', '#').csv).to.deep.equal({
      delimiter: '\t',
      quote: null,
      comment: '#',
    });
  });

  it('takes a grid or a list of lambdas', () => {
    expect(request('--lambda-count', '7').options.lambda).to.deep.equal({
      kind: 'grid',
      count: 7,
      minRatio: null,
    });
    expect(request('--lambda', '1,0').options.lambda).to.deep.equal({ kind: 'list', values: [1, 0] });
  });
});
