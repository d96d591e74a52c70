/** What kafka-storage answers with one line on standard error; anything else Java reports as an exception nobody caught. */
export class FormatRefused extends Error {
  override name = 'FormatRefused';
}
