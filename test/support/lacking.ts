import type { Capability, HostPort } from '../../hooks/contract/index.ts';
import type { ServiceContext } from '../../server/context.ts';

/** The same context at a host that does not have a capability. */
export function lacking(capability: Capability, ctx: ServiceContext): ServiceContext {
  const host = new Proxy<HostPort>(ctx.host, {
    get: (port, name) =>
      name === 'describe'
        ? async () => {
            const about = await port.describe({});
            return { ...about, capabilities: about.capabilities.filter((one) => one !== capability) };
          }
        : port[name as keyof HostPort],
  });
  return { ...ctx, host };
}
