import { DIAGNOSTIC_CLASSES, type DiagnosticCode } from './codes.ts';
import { type Line, type Location, locate, type Span } from './source.ts';

export type Mode = 'draft' | 'publish';
export type Severity = 'error' | 'warning' | 'info';
export type Diagnostic = Location & {
  readonly code: DiagnosticCode;
  readonly severity: Severity;
  readonly message: string;
  /** The word that was probably meant. */
  readonly suggestion?: string;
};

export type Fault = {
  readonly code: DiagnosticCode;
  readonly span: Span;
  readonly message: string;
  readonly suggestion?: string;
};
/** The one way to say that something is wrong; it never stops the compiler. */
export type Report = (
  code: DiagnosticCode,
  span: Span,
  message: string,
  suggestion?: string | null,
) => void;

export function collectFaults(): { readonly faults: readonly Fault[]; readonly report: Report } {
  const faults: Fault[] = [];
  const report: Report = (code, span, message, suggestion) => {
    faults.push({ code, span, message, ...(suggestion ? { suggestion } : {}) });
  };
  return { faults, report };
}

/** In the order of the text. */
export function toDiagnostics(
  faults: readonly Fault[],
  lines: readonly Line[],
  mode: Mode,
): readonly Diagnostic[] {
  return [...faults]
    .sort((left, right) => left.span.start - right.span.start || compare(left.code, right.code))
    .map(({ span, code, message, suggestion }) => ({
      code,
      severity: severityOf(code, mode),
      message: suggestion === undefined ? message : `${message} Did you mean \`${suggestion}\`?`,
      ...locate(lines, span),
      ...(suggestion === undefined ? {} : { suggestion }),
    }));
}

function severityOf(code: DiagnosticCode, mode: Mode): Severity {
  switch (DIAGNOSTIC_CLASSES[code]) {
    case 'E':
      return 'error';
    case 'W':
      return 'warning';
    case 'I':
      return 'info';
    case 'P':
      return mode === 'publish' ? 'error' : 'warning';
  }
}

const compare = (left: string, right: string) => (left < right ? -1 : Number(left > right));
