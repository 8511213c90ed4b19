/** The pure JavaScript build of recheck: no Java, no native program, no worker, and no environment variable. */
declare module 'recheck/lib/browser.js' {
  const recheck: { readonly checkSync: typeof import('recheck').checkSync };
  export default recheck;
}
