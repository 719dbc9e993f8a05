// A business system of 松江市 asks 熊谷市. With `npm start` running, enter it once and let it ask:
//   node bin/renkei.js systems add kenko --agency 32201 --name 健康情報システム --new-key key.json
//   npx node examples/client/ask.ts http://127.0.0.1:8802 key.json 118835941569204
// (the node’s URL as `npm start` prints it, the key, a 団体内統合宛名番号 at 松江市).
import { readFileSync } from 'node:fs';
import { businessSystem, NodeError } from 'renkei/client';

const [url = '', keyFile = '', integratedAddressNumber = ''] = process.argv.slice(2);
const privateKey = JSON.parse(readFileSync(keyFile, 'utf8'));

const node = await businessSystem({ node: url, agency: '32201', id: 'kenko', privateKey });
try {
  const { id, state, answer } = await node.inquiries.ask({
    integratedAddressNumber,
    item: '25',
    provider: '11202',
    information: '予防接種法による予防接種の実施に関する情報',
  });
  const after = state === 'pending' ? await node.inquiries.settled(id) : { state, answer };
  process.stdout.write(`${after.state}: ${after.answer?.records.length ?? 0} records\n`);
  await node.inquiries.ask({
    integratedAddressNumber,
    item: '25',
    provider: '11202',
    information: '地方税関係情報',
  });
} catch (error) {
  if (!(error instanceof NodeError)) throw error;
  process.stdout.write(`${error.code}: ${error.ja}\n`);
  for (const { item, information } of error.denial?.nearest ?? []) {
    process.stdout.write(`  ${item}の項 ${information.name}\n`);
  }
}
