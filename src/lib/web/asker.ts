import type { Asker } from '#lib/identity/asker.ts';

/** Whoever sent this request, as the verbs want to know it. */
export const askerOf = ({ visitor, receipts, device, network }: App.Locals): Asker => ({
	actor: visitor,
	receipts,
	device,
	network
});
