import { EditorState } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { type Ref, useEffect, useImperativeHandle, useRef } from 'react';
import { scriptExtensions } from './extensions.ts';

export type EditorHandle = {
  /** Puts the cursor on a line, counted from 1, and shows it. */
  readonly goToLine: (line: number) => void;
  /** Replaces the whole text as one change that can be undone. */
  readonly replace: (text: string) => void;
};

/** The text of a script. It keeps its own state: `initial` is read once. */
export function CodeEditor({
  initial,
  isReadOnly,
  onChange,
  onCursor,
  ref,
}: {
  readonly initial: string;
  readonly isReadOnly: boolean;
  readonly onChange: (text: string) => void;
  /** The offset of the cursor. */
  readonly onCursor: (offset: number) => void;
  readonly ref?: Ref<EditorHandle>;
}) {
  const place = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const first = useRef(initial);
  const tell = useRef({ onChange, onCursor });
  tell.current = { onChange, onCursor };
  useEffect(() => {
    if (place.current === null) return;
    const made = new EditorView({
      parent: place.current,
      state: EditorState.create({
        doc: first.current,
        extensions: [
          scriptExtensions(),
          EditorState.readOnly.of(isReadOnly),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) tell.current.onChange(update.state.doc.toString());
            if (update.selectionSet) tell.current.onCursor(update.state.selection.main.head);
          }),
        ],
      }),
    });
    view.current = made;
    return () => {
      first.current = made.state.doc.toString();
      made.destroy();
    };
  }, [isReadOnly]);
  useImperativeHandle(ref, () => ({
    goToLine: (line) => {
      const editor = view.current;
      if (editor === null) return;
      const { from } = editor.state.doc.line(Math.min(Math.max(line, 1), editor.state.doc.lines));
      editor.dispatch({
        selection: { anchor: from },
        effects: EditorView.scrollIntoView(from, { y: 'center' }),
      });
      editor.focus();
    },
    replace: (text) => {
      const editor = view.current;
      editor?.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: text } });
    },
  }));
  return <div ref={place} className="h-full overflow-hidden" />;
}
