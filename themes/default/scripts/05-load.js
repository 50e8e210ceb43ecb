// What scripts of this site share. Further ones are loaded when they are needed, and hand over what they hold: `afterword.take(value)`.
globalThis.afterword = (() => {
  const root = new URL("..", document.currentScript.src).href;
  const address = (path) => {
    const url = new URL(path, root).href;
    if (!url.startsWith(root) || !/\.js(\?[\w=.]*)?$/.test(url)) throw new TypeError(`not a script of this site: ${path}`);
    return url;
  };
  const policy = globalThis.trustedTypes?.createPolicy("afterword", { createScriptURL: address });
  const taken = new Map();
  const asked = new Map();
  const parts = [];
  const ask = (url, path) => new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = policy ? policy.createScriptURL(path) : url;
    script.addEventListener("load", () => resolve(taken.get(url)));
    script.addEventListener("error", () => {
      asked.delete(url);
      script.remove();
      reject(new Error(`could not be loaded: ${path}`));
    });
    document.head.append(script);
  });
  return {
    /** The address where the site begins. */
    root,
    /** What a loaded script holds. Only such a script calls this. */
    take: (value) => taken.set(document.currentScript.src, value),
    /** Loads a script by its path from the root of the site, once, and gives what it holds. */
    load(path) {
      const url = address(path);
      if (!asked.has(url)) asked.set(url, ask(url, path));
      return asked.get(url);
    },
    /** Prepares what stands in `main`: now, and again where the preview puts a newer one in its place. */
    prepare(part) {
      parts.push(part);
      part();
    },
    again: () => parts.forEach((part) => part()),
  };
})();
