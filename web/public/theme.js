// Before the first paint, so that a dark page never flashes light. Kept apart from the bundle
// because the page allows no inline script.
(() => {
  const chosen = localStorage.getItem('destiny.theme');
  const isDark =
    chosen === 'dark' || (chosen !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.dataset.theme = isDark ? 'dark' : 'light';
})();
