/** Settings that give nothing away. All others might, those of plug-ins above all, so that they are the ones to be named. */
const OPEN =
  /^(security\.protocol|sasl\.mechanism|client\.id|bootstrap\.servers|ssl\.(endpoint\.identification\.algorithm|protocol|enabled\.protocols)|ssl\.(key|trust)store\.(location|type)|.+\.ms)$/;

/** Client settings as they may be seen by whoever looks at the screen. */
export function shownSettings(settings: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(settings).map(([key, value]) => [key, OPEN.test(key) ? value : '[hidden]']));
}
