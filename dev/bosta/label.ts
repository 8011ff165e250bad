import { Refusal } from './answers.ts';
import { finalStates } from './codes.ts';
import type { Stored } from './journal.ts';
import { codeAt, isPayload } from './payload.ts';

/** The labels of deliveries as a small PDF in base64; returns and finished deliveries do not print. */
export function labelOf(entries: Stored[]): string {
  const printable = entries.filter(isPrintable).map(({ key }) => key.replaceAll(/[^\w-]/g, ''));
  if (printable.length === 0) throw new Refusal(400, 'No delivery to print');
  const text = printable.map((key) => `(${key}) Tj T*`).join(' ');
  return Buffer.from(pdf(`BT /F1 24 Tf 28 TL 40 780 Td ${text} ET`)).toString('base64');
}

function isPrintable({ payload }: Stored): boolean {
  if (!isPayload(payload)) return false;
  return codeAt(payload, 'type') !== 25 && !finalStates.has(codeAt(payload, 'state') ?? 0);
}

/** The least that readers take as a page: ASCII alone, so that characters are bytes. */
function pdf(content: string): string {
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
  let body = '%PDF-1.4\n';
  const offsets = objects.map((object, index) => {
    const offset = body.length;
    body += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return `${String(offset).padStart(10, '0')} 00000 n \n`;
  });
  const count = objects.length + 1;
  return `${body}xref\n0 ${count}\n0000000000 65535 f \n${offsets.join('')}trailer\n<< /Size ${count} /Root 1 0 R >>\nstartxref\n${body.length}\n%%EOF\n`;
}
