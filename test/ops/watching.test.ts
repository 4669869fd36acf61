/** deploy/: what Prometheus and Grafana are given, against what the bot really tells. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { before, describe, it } from 'node:test';
import { parser } from '@prometheus-io/lezer-promql';
import { parse } from 'yaml';
import { states } from '../../src/jobs/states.ts';
import { hasVideo, somebodyAsks } from '../life/asking.ts';
import { freePort } from '../life/free-port.ts';
import { startWorld } from '../life/world.ts';

interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly for: string;
  readonly labels: { readonly severity: string };
  readonly annotations: {
    readonly summary: string;
    readonly action: string;
    readonly runbook: string;
  };
}

interface Panel {
  readonly id: number;
  readonly title: string;
  readonly type: string;
  readonly datasource: { readonly uid: string };
  readonly gridPos: {
    readonly x: number;
    readonly y: number;
    readonly w: number;
    readonly h: number;
  };
  readonly fieldConfig: { readonly defaults: { readonly unit: string } };
  readonly targets: readonly {
    readonly expr: string;
    readonly refId: string;
    readonly legendFormat: string;
  }[];
}

interface Selector {
  readonly metric: string;
  readonly matchers: readonly {
    readonly label: string;
    readonly op: string;
    readonly value: string;
  }[];
}

const read = (path: string) => readFile(new URL(`../../${path}`, import.meta.url), 'utf8');
const alerts = parse(await read('deploy/alerts.yaml')) as { groups: { rules: Rule[] }[] };
const rules = alerts.groups.flatMap((group) => group.rules);
const dashboard = JSON.parse(await read('deploy/grafana-dashboard.json')) as {
  panels: Panel[];
  templating: { list: { name: string; type: string }[] };
};
const expressions = [
  ...rules.map(({ alert, expr }) => ({ where: alert, expr, legend: '' })),
  ...dashboard.panels.flatMap(({ title, targets }) =>
    targets.map(({ expr, legendFormat }) => ({ where: title, expr, legend: legendFormat })),
  ),
];

/** Prometheus' own, of every target. */
const ofPrometheus = ['up'];

function nodes(expr: string): { name: string; text: string; from: number; to: number }[] {
  const found: { name: string; text: string; from: number; to: number }[] = [];
  parser.parse(expr).iterate({
    enter: ({ type, name, from, to }) => {
      found.push({ name: type.isError ? 'error' : name, text: expr.slice(from, to), from, to });
    },
  });
  return found;
}

function selectors(expr: string): Selector[] {
  const all = nodes(expr);
  return all
    .filter(({ name }) => name === 'VectorSelector')
    .map(({ from, to }) => {
      const inside = all.filter((node) => node.from >= from && node.to <= to);
      const matchers = inside
        .filter(({ name }) => name === 'UnquotedLabelMatcher')
        .map(({ text }) => {
          const [, label = '', op = '', value = ''] = /^(\w+)(=~|!~|!=|=)"(.*)"$/.exec(text) ?? [];
          return { label, op, value };
        });
      return { metric: inside.find(({ name }) => name === 'Identifier')?.text ?? '', matchers };
    });
}

/** The labels that grouping and joining speak of. */
function grouped(expr: string): string[] {
  const all = nodes(expr);
  return all
    .filter(({ name }) => name === 'GroupingLabels')
    .flatMap(({ from, to }) =>
      all.filter((n) => n.name === 'LabelName' && n.from >= from && n.to <= to).map((n) => n.text),
    );
}

describe('what is told at /metrics', () => {
  /** Of each metric: its series, by label. */
  let told = new Map<string, Record<string, string>[]>();
  before(async () => {
    await using world = await startWorld();
    const port = await freePort();
    await world.startBot({ OPS_PORT: String(port) });
    const ask = await somebodyAsks(world, 'a cat on a dashboard');
    await ask.message.becomes(hasVideo);
    const url = `http://127.0.0.1:${port}/metrics`;
    // The database is read for the page every 5 s at most; the steps stand there at once.
    let text = '';
    while (!text.includes('to="delivered"')) text = await (await fetch(url)).text();
    told = seriesIn(text);
  });

  function seriesIn(text: string): Map<string, Record<string, string>[]> {
    const series = new Map<string, Record<string, string>[]>();
    for (const line of text.split('\n')) {
      const [, name, labels = ''] = /^(\w+)(?:\{(.*)\})? \S+$/.exec(line) ?? [];
      if (name === undefined) continue;
      const pairs = [...labels.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(([, k, v]) => [k, v]);
      series.set(name, [...(series.get(name) ?? []), Object.fromEntries(pairs)]);
    }
    return series;
  }

  for (const { where, expr, legend } of expressions) {
    it(`is what "${where}" asks for: ${expr}`, () => {
      assert.ok(!nodes(expr).some(({ name }) => name === 'error'), 'it parses');
      const asked = selectors(expr);
      assert.ok(asked.length > 0);
      const labels = new Set<string>();
      for (const { metric, matchers } of asked) {
        if (ofPrometheus.includes(metric)) continue;
        const series = told.get(metric);
        assert.ok(series !== undefined, `${metric} stands on the page`);
        for (const label of series.flatMap((one) => Object.keys(one))) labels.add(label);
        for (const { label, op, value } of matchers) {
          const values = series.map((one) => one[label]);
          assert.ok(
            values.some((v) => v !== undefined),
            `${metric} has a label ${label}`,
          );
          // Counters whose words come with time are not all there after one video.
          const comes = ['steps_total', 'calls_total', 'events_total'].some((end) =>
            metric.endsWith(end),
          );
          if (comes) continue;
          for (const word of op === '=~' ? value.split('|') : [value]) {
            assert.ok(values.includes(word), `${metric} tells ${label}="${word}"`);
          }
        }
      }
      const named = [
        ...grouped(expr),
        ...[...legend.matchAll(/\{\{(\w+)\}\}/g)].map(([, l]) => l ?? ''),
      ];
      for (const label of named) assert.ok(labels.has(label), `the label ${label} is told`);
    });
  }

  it('is all on the dashboard or in an alert', () => {
    const used = new Set(expressions.flatMap(({ expr }) => selectors(expr)).map((s) => s.metric));
    const missing = [...told.keys()].filter((name) => !used.has(name));
    assert.deepEqual(missing, []);
  });

  it('is explained in docs/operating.md', async () => {
    const page = await read('docs/operating.md');
    for (const name of told.keys()) {
      assert.match(page, new RegExp(`\`${name.replace('veo_bot_', '')}[\`{]`), name);
    }
  });
});

describe('the alerts', () => {
  it('each say how bad it is, after how long, what happened and what to do', async () => {
    const page = await read('docs/operating.md');
    const sections = [...page.matchAll(/^#{2,3} (.+)$/gm)].map(([, title = '']) =>
      title
        .toLowerCase()
        .replace(/[^\w\- ]/g, '')
        .replaceAll(' ', '-'),
    );
    assert.equal(new Set(rules.map(({ alert }) => alert)).size, rules.length);
    for (const { alert, labels, annotations, ...rule } of rules) {
      assert.match(alert, /^VeoBot\w+$/);
      assert.ok(['critical', 'warning', 'info'].includes(labels.severity), alert);
      assert.match(rule.for, /^\d+[mh]$/, alert);
      for (const text of [annotations.summary, annotations.action])
        assert.match(text, /\w.*\.$/, alert);
      const [path, section = ''] = annotations.runbook.split('#');
      assert.equal(path, 'docs/operating.md', alert);
      assert.ok(sections.includes(section), `${alert}: no section ${section}`);
    }
  });
});

describe('the rules for promtool', async () => {
  const file = parse(await read('test/ops/alerts.promtool.yaml')) as {
    tests: { alert_rule_test: { alertname: string; exp_alerts: unknown[] }[] }[];
  };
  const tried = file.tests.flatMap(({ alert_rule_test }) => alert_rule_test);

  it('let each alert fire once it should, and not before', () => {
    for (const { alert } of rules) {
      const ofIt = tried.filter(({ alertname }) => alertname === alert);
      assert.ok(
        ofIt.some(({ exp_alerts }) => exp_alerts.length > 0),
        `${alert} fires`,
      );
      assert.ok(
        ofIt.some(({ exp_alerts }) => exp_alerts.length === 0),
        `${alert} does not`,
      );
    }
  });
});

describe('the dashboard', () => {
  const { panels } = dashboard;

  it('lets its data source be chosen', () => {
    assert.ok(
      dashboard.templating.list.some(
        ({ name, type }) => name === 'datasource' && type === 'datasource',
      ),
    );
    for (const { title, datasource } of panels)
      assert.match(datasource.uid, /^\$\{datasource\}$/, title);
  });

  it('shows each state of a job, those that are over by how many came to it', () => {
    const shown = panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)).join('\n');
    const named = [...shown.matchAll(/(?:state|to)=~"([\w|]+)"/g)].flatMap(([, to = '']) =>
      to.split('|'),
    );
    assert.deepEqual(named.toSorted(), states.toSorted());
  });

  it('has panels of different ids with units, beside and below each other', () => {
    assert.equal(new Set(panels.map(({ id }) => id)).size, panels.length);
    const taken = new Set<string>();
    for (const {
      title,
      gridPos: { x, y, w, h },
      fieldConfig,
      targets,
    } of panels) {
      assert.ok(fieldConfig.defaults.unit, `${title} has a unit`);
      assert.ok(x >= 0 && w > 0 && h > 0 && x + w <= 24, `${title} is on the grid`);
      assert.equal(new Set(targets.map(({ refId }) => refId)).size, targets.length, title);
      for (let column = x; column < x + w; column++) {
        for (let row = y; row < y + h; row++) {
          assert.ok(!taken.has(`${column} ${row}`), `${title} is over another one`);
          taken.add(`${column} ${row}`);
        }
      }
    }
  });
});
