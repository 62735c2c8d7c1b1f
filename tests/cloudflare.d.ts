// Lets worker tests call the Worker under test by `exports.default.fetch` (cloudflare:workers).
declare namespace Cloudflare {
  interface GlobalProps {
    mainModule: { default: ExportedHandler };
  }
}
