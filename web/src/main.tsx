import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { Tooltip } from 'radix-ui';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './styles.css';
import { makeQueryClient } from './api/query-client.ts';
import { router } from './router.tsx';
import { ToastProvider } from './ui/toast.tsx';

const queryClient = makeQueryClient(() => {
  const { pathname, href } = router.state.location;
  if (isOpenToAnyone(pathname)) return;
  queryClient.clear();
  void router.navigate({ to: '/sign-in', search: { to: href } });
});

function isOpenToAnyone(path: string): boolean {
  return ['/sign-in', '/forgot', '/reset', '/invitation'].includes(path);
}

const root = document.getElementById('root');
if (root === null) throw new Error('The page has no root.');
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <Tooltip.Provider delayDuration={300}>
        <ToastProvider>
          <RouterProvider router={router} />
        </ToastProvider>
      </Tooltip.Provider>
    </QueryClientProvider>
  </StrictMode>,
);
