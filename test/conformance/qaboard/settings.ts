/** Settings of the edge and the consumer that the recorded cases of QA-Board need; the stand-in answers at `stubPort`. */
export function qaboardSettings(_stubPort: number): Record<string, string> {
  return {};
}
