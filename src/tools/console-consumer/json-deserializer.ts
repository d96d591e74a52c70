import { treeText } from '../jackson-bytes/tree-text.ts';
import { JavaException } from '../java-exception.ts';
import { badData } from './deserialize.ts';

/** org.apache.kafka.connect.json.JsonDeserializer: what its JsonNode prints. @throws JavaException for bytes that are no JSON */
export function jsonText(bytes: Buffer): string {
  try {
    return treeText(bytes);
  } catch (error) {
    if (error instanceof JavaException) throw Object.assign(badData(String(error)), { cause: error });
    throw error;
  }
}
