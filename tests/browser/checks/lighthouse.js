// Lighthouse on a page that a static host serves.
import { availableParallelism, loadavg } from "node:os";
import desktop from "lighthouse/core/config/desktop-config.js";
import lighthouse from "lighthouse";

const categories = ["performance", "accessibility", "best-practices", "seo"];
const least = { desktop: { performance: 100, accessibility: 100, "best-practices": 100, seo: 100 }, mobile: { performance: 98 } };

/** One run; on a busy machine the browser now and then loses the trace, or paints half a page, and is asked again. */
async function once(url, port, form, again = 2) {
  const { lhr } = await lighthouse(url, {
    port, logLevel: "silent", output: "json", onlyCategories: Object.keys(least[form]), disableFullPageScreenshot: true,
    skipAudits: ["screenshot-thumbnails", "final-screenshot"],
  }, form === "desktop" ? desktop : undefined);
  const moved = lhr.audits?.["cumulative-layout-shift"]?.numericValue > 0;
  if ((lhr.runtimeError || moved) && again) return once(url, port, form, again - 1);
  if (lhr.runtimeError) throw new Error(`Lighthouse: ${lhr.runtimeError.message}`);
  return lhr;
}

const points = (lhr, category) => Math.round((lhr.categories[category]?.score ?? 0) * 100);
const slow = (lhr) => points(lhr, "performance") < least[lhr.configSettings.formFactor].performance;

/** The run with the median performance of those made so far. */
const middle = (runs) => runs.toSorted((a, b) => a.categories.performance.score - b.categories.performance.score)[Math.floor(runs.length / 2)];

/** Something else keeps the cores busy: what takes time then is not the page. */
const busy = () => loadavg()[0] > availableParallelism();

/** The median of one run, of three where it is too slow or `always`, and of up to seven where the machine is busy. */
export async function measure(url, port, form, always = false) {
  const runs = [await once(url, port, form)];
  while ((always && runs.length < 3) || (slow(middle(runs)) && runs.length < (busy() ? 7 : 3))) {
    runs.push(await once(url, port, form), await once(url, port, form));
  }
  return { lhr: middle(runs), runs: runs.length };
}

/** Which category is below its gate, and the audits that cost it points; and what moved. */
export function missed(lhr) {
  const form = lhr.configSettings.formFactor;
  const moved = lhr.audits["cumulative-layout-shift"].numericValue;
  const shifts = moved > 0 ? [`${form}: layout shifts by ${moved.toFixed(4)}:${items(lhr.audits["layout-shifts"])}`] : [];
  const below = Object.entries(lhr.categories).filter(([category]) => points(lhr, category) < least[form][category]).map(([category, { auditRefs }]) => {
    const why = auditRefs.filter(({ id, weight }) => weight > 0 && lhr.audits[id].score !== null && lhr.audits[id].score < 1)
      .map(({ id }) => `${id}${lhr.audits[id].displayValue ? ` (${lhr.audits[id].displayValue})` : ""}${items(lhr.audits[id])}`);
    return `${form}: ${category} ${points(lhr, category)}, not ${least[form][category]}: ${why.join("; ")}`;
  });
  return [...shifts, ...below];
}

const items = (audit) => (audit?.details?.items ?? []).slice(0, 2).map(({ node, url, description }) => ` ${node?.selector ?? url ?? description ?? ""}`).join(",");

export const head = ["Lighthouse", "desktop P/A/B/S", "mobile P", "FCP s", "LCP s", "TBT ms", "CLS", "KB", "requests", "runs"];

/** A row of figures: the points, and what mobile measured. */
export function row(kind, { lhr: desktop, runs }, { lhr: mobile, runs: mobileRuns }) {
  const value = (id) => mobile.audits[id]?.numericValue ?? 0;
  const requests = mobile.audits["network-requests"]?.details?.items ?? [];
  return [
    kind, categories.map((category) => points(desktop, category)).join("/"), points(mobile, "performance"),
    ...["first-contentful-paint", "largest-contentful-paint"].map((id) => (value(id) / 1000).toFixed(2)),
    Math.round(value("total-blocking-time")), value("cumulative-layout-shift").toFixed(3),
    (requests.reduce((total, { transferSize = 0 }) => total + transferSize, 0) / 1000).toFixed(1), requests.length, `${runs}+${mobileRuns}`,
  ];
}
