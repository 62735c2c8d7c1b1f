import { autocompletion, type CompletionContext, closeBrackets } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { type Action, type Diagnostic, linter, lintGutter, lintKeymap } from '@codemirror/lint';
import { type Extension, RangeSetBuilder } from '@codemirror/state';
import {
  Decoration,
  type DecorationSet,
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  hoverTooltip,
  keymap,
  lineNumbers,
  ViewPlugin,
  type ViewUpdate,
} from '@codemirror/view';
import { completeAt } from '../../../../src/script/editor/complete.ts';
import { highlight } from '../../../../src/script/editor/highlight.ts';
import { hoverAt } from '../../../../src/script/editor/hover.ts';
import { type Lint, lintScript } from '../../../../src/script/editor/lint.ts';

const LINT_AFTER_MS = 250;

/** Destiny-Script in CodeMirror: colours, completions, diagnostics with their mending, hovers. */
export function scriptExtensions(): Extension {
  return [
    lineNumbers(),
    highlightActiveLine(),
    highlightActiveLineGutter(),
    history(),
    drawSelection(),
    closeBrackets(),
    EditorView.lineWrapping,
    colours,
    autocompletion({ override: [complete], icons: false }),
    linter(async ({ state }) => (await lintScript(state.doc.toString())).map(diagnosticOf), {
      delay: LINT_AFTER_MS,
    }),
    lintGutter(),
    hoverTooltip(({ state }, at) => {
      const hover = hoverAt(state.doc.toString(), at);
      return hover === null
        ? null
        : { pos: hover.from, end: hover.to, create: () => ({ dom: textBox(hover.text) }) };
    }),
    // Tab is left to the browser: who works by keyboard must get out again.
    keymap.of([...defaultKeymap, ...historyKeymap, ...lintKeymap]),
    EditorView.contentAttributes.of({ 'aria-label': 'Script', tabindex: '0' }),
    theme,
  ];
}

const marks = new Map<string, Decoration>();

function markOf(kind: string): Decoration {
  const known = marks.get(kind) ?? Decoration.mark({ class: `ds-${kind}` });
  marks.set(kind, known);
  return known;
}

const colours = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;
    constructor(view: EditorView) {
      this.decorations = decorate(view);
    }
    update(update: ViewUpdate) {
      if (update.docChanged) this.decorations = decorate(update.view);
    }
  },
  { decorations: ({ decorations }) => decorations },
);

function decorate(view: EditorView): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>();
  for (const { from, to, kind } of highlight(view.state.doc.toString())) {
    if (to > from) builder.add(from, to, markOf(kind));
  }
  return builder.finish();
}

function complete({ state, pos, explicit }: CompletionContext) {
  const found = completeAt(state.doc.toString(), pos);
  if (found === null || (found.from === pos && !explicit)) return null;
  return {
    from: found.from,
    to: found.to,
    options: found.options.map(({ label, detail }) => ({ label, info: detail })),
  };
}

function diagnosticOf({ from, to, severity, message, code, fix }: Lint): Diagnostic {
  const actions: readonly Action[] =
    fix === null
      ? []
      : [
          {
            name: fix.title.replaceAll('`', ''),
            apply: (view, start, end) =>
              view.dispatch({ changes: { from: start, to: end, insert: fix.insert } }),
          },
        ];
  return { from, to, severity, message, source: code, actions };
}

function textBox(text: string): HTMLElement {
  const box = document.createElement('div');
  box.className = 'ds-hover';
  box.textContent = text;
  return box;
}

const theme = EditorView.theme({
  '&': { height: '100%', fontSize: '13px', color: 'var(--ink)', backgroundColor: 'transparent' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--font-mono)', lineHeight: '1.6' },
  '.cm-content': { caretColor: 'var(--ink)', padding: '8px 0' },
  '.cm-cursor': { borderLeftColor: 'var(--ink)' },
  '.cm-gutters': {
    backgroundColor: 'transparent',
    color: 'var(--quiet)',
    borderRight: '1px solid var(--line)',
  },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'var(--hover)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground':
    { backgroundColor: 'var(--accent-soft)' },
  '.cm-tooltip': {
    backgroundColor: 'var(--raised)',
    border: '1px solid var(--line)',
    borderRadius: '6px',
    color: 'var(--ink)',
    maxWidth: '26rem',
  },
  '.cm-tooltip-autocomplete ul li[aria-selected]': {
    backgroundColor: 'var(--accent)',
    color: 'var(--accent-ink)',
  },
  '.cm-diagnosticAction': { backgroundColor: 'var(--accent)', color: 'var(--accent-ink)' },
  '.ds-hover': { padding: '6px 10px' },
  '.ds-comment': { color: 'var(--quiet)', fontStyle: 'italic' },
  '.ds-node': { color: 'var(--accent-text)', fontWeight: '600' },
  '.ds-arrow, .ds-operator': { color: 'var(--quiet)' },
  '.ds-key, .ds-number': { color: 'var(--warn)' },
  '.ds-string': { color: 'var(--good)' },
  '.ds-class, .ds-event, .ds-directive, .ds-keyword': { color: 'var(--bad)' },
  '.ds-name': { color: 'var(--accent-text)' },
  '.ds-outcome': { color: 'var(--warn)', fontWeight: '600' },
  '.ds-variable': { color: 'var(--accent-text)', fontWeight: '600' },
});
