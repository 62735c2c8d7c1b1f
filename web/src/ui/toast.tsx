import { Toast } from 'radix-ui';
import { createContext, type ReactNode, useCallback, useContext, useState } from 'react';

type Note = { readonly id: number; readonly text: string };

const ToastContext = createContext<(text: string) => void>(() => undefined);

/** Says shortly that something was done. */
export function useToast(): (text: string) => void {
  return useContext(ToastContext);
}

export function ToastProvider({ children }: { readonly children: ReactNode }) {
  const [notes, setNotes] = useState<readonly Note[]>([]);
  const say = useCallback((text: string) => {
    setNotes((known) => [...known, { id: (known.at(-1)?.id ?? 0) + 1, text }]);
  }, []);
  return (
    <ToastContext value={say}>
      <Toast.Provider duration={4000} label="Notice">
        {children}
        {notes.map(({ id, text }) => (
          <Toast.Root
            key={id}
            className="rounded-lg border border-line bg-raised px-4 py-3 shadow-lg"
            onOpenChange={(isOpen) => {
              if (!isOpen) setNotes((known) => known.filter((note) => note.id !== id));
            }}
          >
            <Toast.Description>{text}</Toast.Description>
          </Toast.Root>
        ))}
        <Toast.Viewport className="fixed right-4 bottom-20 z-50 flex w-80 max-w-[calc(100vw-2rem)] flex-col gap-2 md:bottom-4" />
      </Toast.Provider>
    </ToastContext>
  );
}
