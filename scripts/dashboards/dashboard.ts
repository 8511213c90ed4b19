/** What a dashboard shows: a few panels, of which each answers a question of an operator. */
export interface Board {
  /** Its file, and the end of its address. */
  readonly name: string;
  readonly title: string;
  readonly panels: readonly Panel[];
}

export interface Panel {
  /** The question, in a few words. */
  readonly title: string;
  /** How to read the answer, and what to do. */
  readonly description: string;
  readonly kind?: 'timeseries' | 'stat' | 'table' | 'logs';
  /** Grafana's name of a unit, such as s, percentunit, reqps. */
  readonly unit?: string;
  /** The value from which on it is shown in red. */
  readonly mark?: number;
  /** Queries, and how a series is named: {{label}} is the value of a label. */
  readonly queries: Readonly<Record<string, string>>;
  /** Values that are states: 1, 0.5 and 0. */
  readonly isHealth?: boolean;
}

const [COLUMNS, WIDTH, HEIGHT] = [3, 8, 8];
const PROMETHEUS = { type: 'prometheus', uid: 'prometheus' };
const LOKI = { type: 'loki', uid: 'loki' };
const HEALTH = {
  mappings: [
    { type: 'value', options: { '1': { text: 'works', color: 'green' } } },
    { type: 'value', options: { '0.5': { text: 'in part', color: 'orange' } } },
    { type: 'value', options: { '0': { text: 'fails', color: 'red' } } },
  ],
};

/** The model that Grafana loads. */
export function dashboardOf({ name, title, panels }: Board) {
  return {
    uid: `autovideo-${name}`,
    title,
    tags: ['autovideo'],
    timezone: 'utc',
    editable: false,
    schemaVersion: 39,
    refresh: '30s',
    time: { from: 'now-6h', to: 'now' },
    links: [{ type: 'dashboards', title: 'Auto Video', tags: ['autovideo'], keepTime: true }],
    panels: panels.map(panelOf),
  };
}

function panelOf(panel: Panel, index: number) {
  const { title, description, kind = 'timeseries' } = panel;
  const datasource = kind === 'logs' ? LOKI : PROMETHEUS;
  return {
    id: index + 1,
    type: kind,
    title,
    description,
    datasource,
    gridPos: { x: (index % COLUMNS) * WIDTH, y: Math.floor(index / COLUMNS) * HEIGHT, w: WIDTH, h: HEIGHT },
    fieldConfig: { defaults: fieldOf(panel), overrides: [] },
    targets: Object.entries(panel.queries).map(([legend, expr], query) => ({
      refId: String.fromCharCode('A'.charCodeAt(0) + query),
      datasource,
      expr,
      ...(kind === 'logs' ? {} : { legendFormat: legend }),
      ...(kind === 'table' || kind === 'stat' ? { instant: true, range: false } : {}),
      ...(kind === 'table' ? { format: 'table' } : {}),
    })),
  };
}

function fieldOf({ unit, mark, isHealth = false }: Panel) {
  const red = mark === undefined ? [] : [{ color: 'red', value: mark }];
  return {
    ...(unit === undefined ? {} : { unit }),
    ...(isHealth ? HEALTH : {}),
    thresholds: { mode: 'absolute', steps: [{ color: 'green', value: null }, ...red] },
    ...(mark === undefined ? {} : { custom: { thresholdsStyle: { mode: 'line' } } }),
  };
}
