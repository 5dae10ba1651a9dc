import assert from 'node:assert/strict';
import type { Asked } from '../../src/methods/authenticator/api.ts';
import { addDevice, type Device } from '../cast/device.ts';
import type { Visitor } from '../cast/visitor.ts';
import { enter, type Resident, type Scene, scene, signInByText } from './scene.ts';

/** A house whose people have an app that is asked. */
export interface ApprovalScene {
  readonly at: Scene;
  owner(called: string): Promise<{ who: Resident; device: Device; visitor: Visitor }>;
  /** A stranger or the owner knows the password, and has the app asked. */
  askPush(who: Resident, device: Device, visitor?: Visitor): Promise<Visitor>;
}

export function approvalScene(): ApprovalScene {
  const at = scene();
  return {
    at,
    async owner(called) {
      const who = await at.resident(called);
      const visitor = at.house.visitor();
      await signInByText(visitor, who);
      return { who, visitor, device: await addDevice(at.house, visitor) };
    },
    async askPush(who, device, visitor = at.house.visitor()) {
      await enter(visitor, who);
      await visitor.send('/ask', { way: `${device.id} push` });
      return visitor;
    },
  };
}

/** What the device is asked now. */
export async function asked(device: Device): Promise<Asked> {
  const request = await device.pull();
  assert.ok(request, 'nothing was asked');
  return request;
}
