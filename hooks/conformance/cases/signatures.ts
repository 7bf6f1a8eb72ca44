import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { callNames } from '../../contract/index.ts';
import { callIdPrefix, signedHeaders, TOLERANCE_SECONDS } from '../../transport/signed-headers.ts';
import type { ConformanceCase } from '../case.ts';
import { type RawOptions, rawCall } from '../raw-call.ts';
import type { Trial } from '../trial.ts';

/** Every call refuses a request that differs from an honest one in this way. */
async function allRefuse(trial: Trial, what: string, options: RawOptions): Promise<void> {
  for (const name of callNames) {
    const { status } = await rawCall(trial, name, '{}', options);
    assert.equal(status, 401, `${name} answered ${status} to ${what}`);
  }
}

const TOO_OLD_MS = (TOLERANCE_SECONDS + 60) * 1000;

export const signatureCases: readonly ConformanceCase[] = [
  {
    id: 'signatures.wrong-one-is-refused',
    run: (trial) =>
      allRefuse(trial, 'a wrong signature', { headers: { [signedHeaders.signature]: `v1,${'A'.repeat(43)}=` } }),
  },
  {
    id: 'signatures.missing-one-is-refused',
    run: (trial) => allRefuse(trial, 'no signature', { headers: { [signedHeaders.signature]: '' } }),
  },
  {
    id: 'signatures.changed-body-is-refused',
    run: (trial) => allRefuse(trial, 'another body than was signed', { sentBody: '{ }' }),
  },
  {
    id: 'signatures.old-one-is-refused',
    run: (trial) => allRefuse(trial, 'an old request', { nowMs: Date.now() - TOO_OLD_MS }),
  },
  {
    id: 'signatures.future-one-is-refused',
    run: (trial) => allRefuse(trial, 'a request from the future', { nowMs: Date.now() + TOO_OLD_MS }),
  },
  {
    id: 'signatures.other-installation-is-refused',
    run: (trial) =>
      allRefuse(trial, 'another installation', { headers: { [signedHeaders.installation]: 'ins_another' } }),
  },
  {
    id: 'signatures.replayed-one-is-refused',
    async run(trial) {
      for (const name of callNames) {
        const id = callIdPrefix(name) + randomUUID();
        const first = await rawCall(trial, name, '{}', { id });
        assert.notEqual(first.status, 401, `${name} refused an honest request`);
        const second = await rawCall(trial, name, '{}', { id });
        assert.equal(second.status, 401, `${name} served the same request twice`);
      }
    },
  },
  {
    id: 'signatures.signed-for-another-call-is-refused',
    run: async (trial) => {
      for (const name of callNames) {
        const signedFor = name === 'describe' ? 'catalogue.read' : 'describe';
        const { status } = await rawCall(trial, name, '{}', { signedFor });
        assert.equal(status, 401, `${name} served what was signed for ${signedFor}`);
      }
    },
  },
];
