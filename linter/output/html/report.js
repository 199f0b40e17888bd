// The filters of the page. Without this script everything is shown.
(() => {
  "use strict";
  const byId = (id) => document.getElementById(id);
  const severities = ["error", "warning", "info", "gap"];
  const inputs = [...severities, "suppressed", "rule", "file", "text"].map(byId);
  const [rule, file, text] = ["rule", "file", "text"].map(byId);
  const suppressed = byId("suppressed");

  const findings = [...document.querySelectorAll(".finding")].map((element) => ({
    element,
    place: element.closest(".place"),
    group: element.closest(".group"),
    rule: element.dataset.rule,
    severity: element.dataset.severity,
    isSuppressed: element.classList.contains("suppressed"),
    words: null,
  }));
  const gaps = document.querySelector(".gaps");

  // What is searched: the finding with its container and its source. Made when it is first needed.
  const wordsOf = (finding) => {
    if (finding.words === null) {
      const heading = finding.group.querySelector("h2");
      const source = [...finding.place.children].filter((child) => child.matches(".where, pre"));
      finding.words = [heading, ...source, finding.element]
        .map((element) => (element ? element.textContent : ""))
        .join("\n")
        .toLowerCase();
    }
    return finding.words;
  };

  const apply = () => {
    const wanted = new Set(severities.filter((severity) => byId(severity).checked));
    const needle = text.value.trim().toLowerCase();
    const kept = new Set();
    let shown = 0;
    for (const finding of findings) {
      const matches =
        wanted.has(finding.severity) &&
        (suppressed.checked || !finding.isSuppressed) &&
        (rule.value === "" || rule.value === finding.rule) &&
        (file.value === "" || file.value === finding.group.dataset.file) &&
        (needle === "" || wordsOf(finding).includes(needle));
      finding.element.hidden = !matches;
      if (!matches) continue;
      shown += 1;
      kept.add(finding.place).add(finding.group);
      if (finding.severity === "gap") kept.add(gaps);
    }
    for (const finding of findings) {
      finding.place.hidden = !kept.has(finding.place);
      finding.group.hidden = !kept.has(finding.group);
    }
    if (gaps) gaps.hidden = !kept.has(gaps);
    byId("shown").value = `${shown} of ${findings.length} shown`;
  };

  let timer = 0;
  const applySoon = () => {
    clearTimeout(timer);
    timer = setTimeout(apply, 120);
  };

  const reset = () => {
    for (const severity of severities) byId(severity).checked = true;
    suppressed.checked = false;
    for (const input of [rule, file, text]) input.value = "";
    apply();
  };

  for (const input of inputs) input.addEventListener(input === text ? "input" : "change",
    input === text ? applySoon : apply);
  byId("reset").addEventListener("click", reset);
  document.addEventListener("keydown", (event) => {
    const typing = event.target.matches("input[type=search], select");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      text.focus();
    }
  });
  document.documentElement.classList.add("scripted");
  apply();
})();
