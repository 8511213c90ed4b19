// For `node --import`: the clock of this process alone is wrong by as many seconds as CLOCK_WRONG_BY says.
const wrongBy = Number(process.env['CLOCK_WRONG_BY']) * 1_000;
const { Date: RightDate } = globalThis;
const now = () => RightDate.now() + wrongBy;
globalThis.Date = new Proxy(RightDate, {
  construct: (target, args, newTarget) => Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget),
  apply: () => new RightDate(now()).toString(),
  get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
});
