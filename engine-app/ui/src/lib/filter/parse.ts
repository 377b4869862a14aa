import {
  type Filter,
  literal,
  type Operand,
  type Operator,
  type Relative,
  type Unit,
  UNITS,
  WEEKDAYS,
} from './model';

/** Where and why a filter text cannot be read. Positions count from 1. */
export class FilterError extends Error {
  constructor(
    readonly at: number,
    readonly expected: string,
    readonly found: string,
  ) {
    super(`at position ${at} ${expected} was expected instead of ${found}`);
  }
}

type TokenKind = 'text' | 'literal' | 'word' | 'symbol' | 'field' | 'end';
interface Token {
  kind: TokenKind;
  text: string;
  at: number;
}

const BARE =
  /(?:\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})?)?(?![\w.:-])|-?\d{1,30}(?:\.\d{1,30})?(?![\w.:]))/y;
const WORD = /[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)*/y;
const SYMBOL = /<=|>=|!=|<>|[=<>(),+-]/y;

/** Whether a value can stand in a filter without quotes. */
export function isBare(text: string): boolean {
  BARE.lastIndex = 0;
  const match = BARE.exec(text);
  return match?.[0].length === text.length || text === 'true' || text === 'false';
}

function cut(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  const lex = (pattern: RegExp, kind: TokenKind) => {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (!match) return false;
    tokens.push({ kind, text: match[0], at: at + 1 });
    at += match[0].length;
    return true;
  };
  while (at < text.length) {
    const character = text.charAt(at);
    if (/\s/.test(character)) {
      at += 1;
    } else if (character === '"') {
      const start = at;
      let value = '';
      at += 1;
      while (at < text.length && text.charAt(at) !== '"') {
        if (text.charAt(at) === '\\') at += 1;
        value += text.charAt(at);
        at += 1;
      }
      if (at >= text.length)
        throw new FilterError(start + 1, 'a text that ends with a double quote', 'the end');
      at += 1;
      tokens.push({ kind: 'text', text: value, at: start + 1 });
    } else if (character === '`') {
      const end = text.indexOf('`', at + 1);
      if (end <= at + 1) throw new FilterError(at + 1, 'a field key closed by a back quote', character);
      tokens.push({ kind: 'field', text: text.slice(at + 1, end), at: at + 1 });
      at = end + 1;
    } else if (!lex(BARE, 'literal') && !lex(WORD, 'word') && !lex(SYMBOL, 'symbol')) {
      throw new FilterError(at + 1, 'a field, a value, an operator or a parenthesis', `'${character}'`);
    }
  }
  tokens.push({ kind: 'end', text: '', at: text.length + 1 });
  return tokens;
}

const SYMBOLS: Record<string, Operator> = {
  '=': 'equals',
  '!=': 'notEquals',
  '<>': 'notEquals',
  '>': 'greater',
  '>=': 'greaterOrEqual',
  '<': 'less',
  '<=': 'lessOrEqual',
};

class Parser {
  private next = 0;

  constructor(private readonly tokens: Token[]) {}

  parse(): Filter {
    if (this.peek().kind === 'end') return { kind: 'and', parts: [] };
    const filter = this.or();
    if (this.peek().kind !== 'end') this.fail('and, or or the end of the filter');
    return filter;
  }

  private or(): Filter {
    const parts = [this.and()];
    while (this.accept('or')) parts.push(this.and());
    return parts.length === 1 && parts[0] ? parts[0] : { kind: 'or', parts };
  }

  private and(): Filter {
    const parts = [this.unary()];
    while (this.accept('and')) parts.push(this.unary());
    return parts.length === 1 && parts[0] ? parts[0] : { kind: 'and', parts };
  }

  private unary(): Filter {
    if (this.is('not') && !(this.is('in', 1) && this.is('list', 2))) {
      this.next += 1;
      return { kind: 'not', part: this.unary() };
    }
    if (this.acceptSymbol('(')) {
      const inner = this.or();
      if (!this.acceptSymbol(')')) this.fail('a closing parenthesis');
      return inner;
    }
    return this.test();
  }

  private test(): Filter {
    if (this.accept('has')) {
      const no = this.accept('no');
      if (this.accept('tag')) return this.made('', no ? 'hasNoTag' : 'hasTag', [this.literal('a tag name')]);
      if (this.accept('activity')) {
        const operands: Operand[] = [this.literal('the key of an activity type')];
        if (this.accept('within')) {
          if (!this.accept('last')) this.fail('last');
          operands.push(this.period(-1));
        }
        return this.made('', no ? 'hasNoActivity' : 'hasActivity', operands);
      }
      this.fail('tag, no tag, activity or no activity');
    }
    const not = this.accept('not');
    if (this.accept('in')) {
      if (!this.accept('list')) this.fail('list and the id of a list');
      return this.made('', not ? 'notInList' : 'inList', [this.literal('the id of a list')]);
    }
    const field = this.peek();
    const keyword = this.is('and') || this.is('or');
    if ((field.kind !== 'word' || keyword) && field.kind !== 'field') {
      this.fail('the key of a field, has, in list, not or an opening parenthesis');
    }
    this.next += 1;
    return this.comparison(field.text);
  }

  private comparison(field: string): Filter {
    const token = this.peek();
    const symbol = token.kind === 'symbol' ? SYMBOLS[token.text] : undefined;
    if (symbol) {
      this.next += 1;
      return this.made(field, symbol, [this.value()]);
    }
    if (this.accept('is')) {
      const not = this.accept('not');
      if (this.accept('empty')) return this.made(field, not ? 'notEmpty' : 'empty', []);
      return this.made(field, not ? 'notEquals' : 'equals', [this.value()]);
    }
    if (this.accept('not')) {
      if (this.accept('in')) return this.made(field, 'notIn', this.values());
      if (this.accept('contains')) return this.made(field, 'notContains', [this.value()]);
      this.fail('in or contains');
    }
    if (this.accept('contains')) return this.made(field, 'contains', [this.value()]);
    if (this.accept('starts')) return this.with(field, 'startsWith');
    if (this.accept('ends')) return this.with(field, 'endsWith');
    if (this.accept('in')) return this.made(field, 'in', this.values());
    if (this.accept('between')) {
      const low = this.value();
      if (!this.accept('and')) this.fail('and, followed by the upper boundary,');
      return this.made(field, 'between', [low, this.value()]);
    }
    if (this.accept('before')) return this.made(field, 'before', [this.value()]);
    if (this.accept('after')) return this.made(field, 'after', [this.value()]);
    if (this.accept('on')) {
      return this.accept('weekday')
        ? this.made(field, 'onWeekday', this.weekdays())
        : this.made(field, 'on', [this.value()]);
    }
    if (this.accept('within')) {
      const last = this.accept('last');
      if (!last && !this.accept('next')) this.fail('last or next');
      return this.made(field, last ? 'withinLast' : 'withinNext', [this.period(last ? -1 : 1)]);
    }
    if (this.accept('changed')) {
      if (this.accept('from')) {
        const from = this.value();
        return this.made(field, 'changedFrom', this.accept('to') ? [from, this.value()] : [from]);
      }
      if (this.accept('to')) return this.made(field, 'changedTo', [this.value()]);
      return this.made(field, 'changed', []);
    }
    return this.fail('an operator (=, !=, contains, in, between, is empty, before, within last …)');
  }

  private with(field: string, operator: Operator): Filter {
    if (!this.accept('with')) this.fail('with');
    return this.made(field, operator, [this.value()]);
  }

  private values(): Operand[] {
    if (!this.acceptSymbol('(')) this.fail('a list of values in parentheses');
    const values = [this.value()];
    while (this.acceptSymbol(',')) values.push(this.value());
    if (!this.acceptSymbol(')')) this.fail('a closing parenthesis');
    return values;
  }

  private weekdays(): Operand[] {
    if (!this.acceptSymbol('(')) return [this.weekday()];
    const days = [this.weekday()];
    while (this.acceptSymbol(',')) days.push(this.weekday());
    if (!this.acceptSymbol(')')) this.fail('a closing parenthesis');
    return days;
  }

  private weekday(): Operand {
    const token = this.peek();
    const day = token.text.toLowerCase();
    if (!(WEEKDAYS as readonly string[]).includes(day)) this.fail('a weekday from monday to sunday');
    this.next += 1;
    return literal(day);
  }

  private literal(what: string): Operand {
    const token = this.peek();
    if (token.kind !== 'text' && token.kind !== 'literal' && !this.is('true') && !this.is('false'))
      this.fail(what);
    this.next += 1;
    return literal(token.text);
  }

  private value(): Operand {
    const token = this.peek();
    if (token.kind === 'text' || token.kind === 'literal') {
      this.next += 1;
      return literal(token.text);
    }
    if (this.is('true') || this.is('false')) {
      this.next += 1;
      return literal(token.text.toLowerCase());
    }
    if (this.accept('now')) return this.relative('now', 'minutes');
    if (this.accept('today')) return this.relative('today', 'days');
    return this.fail('a value (a text in double quotes, a number, true, false, a date, now or today)');
  }

  private relative(anchor: Relative['anchor'], unitOfZero: Unit): Relative {
    const token = this.peek();
    if (token.kind === 'literal' && token.text.startsWith('-')) {
      this.next += 1;
      return { kind: 'relative', anchor, amount: Number(token.text), unit: this.unit() };
    }
    if (this.acceptSymbol('+')) return { kind: 'relative', anchor, amount: this.amount(), unit: this.unit() };
    if (this.acceptSymbol('-'))
      return { kind: 'relative', anchor, amount: -this.amount(), unit: this.unit() };
    return { kind: 'relative', anchor, amount: 0, unit: unitOfZero };
  }

  private period(sign: 1 | -1): Relative {
    return { kind: 'relative', anchor: 'now', amount: sign * this.amount(), unit: this.unit() };
  }

  private amount(): number {
    const token = this.peek();
    if (token.kind !== 'literal' || !/^\d{1,5}$/.test(token.text))
      this.fail('a whole number from 0 to 99999');
    this.next += 1;
    return Number(token.text);
  }

  private unit(): Unit {
    const word = this.peek().text.toLowerCase();
    const unit = UNITS.find((name) => name === word || name === `${word}s`);
    if (!unit) return this.fail(UNITS.join(', '));
    this.next += 1;
    return unit;
  }

  private made(field: string, operator: Operator, operands: Operand[]): Filter {
    return { kind: 'test', field, operator, operands };
  }

  private peek(ahead = 0): Token {
    const index = Math.min(this.next + ahead, this.tokens.length - 1);
    return this.tokens[index] ?? { kind: 'end', text: '', at: 0 };
  }

  private is(keyword: string, ahead = 0): boolean {
    const token = this.peek(ahead);
    return token.kind === 'word' && token.text.toLowerCase() === keyword;
  }

  private accept(keyword: string): boolean {
    const found = this.is(keyword);
    if (found) this.next += 1;
    return found;
  }

  private acceptSymbol(symbol: string): boolean {
    const token = this.peek();
    const found = token.kind === 'symbol' && token.text === symbol;
    if (found) this.next += 1;
    return found;
  }

  private fail(expected: string): never {
    const token = this.peek();
    throw new FilterError(token.at, expected, token.kind === 'end' ? 'the end' : `'${token.text}'`);
  }
}

/** Reads a filter text; throws FilterError. */
export function parseFilter(text: string): Filter {
  return new Parser(cut(text)).parse();
}
