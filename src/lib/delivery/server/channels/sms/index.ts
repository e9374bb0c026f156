import type { Channel } from '../../../channel.ts';
import type { Receipt } from './smpp-words.ts';
import { httpGateway } from './http.ts';
import { several } from './several.ts';
import type { Gateway } from './shape.ts';
import { smppGateway } from './smpp.ts';

export { readGateways } from './settings.ts';
export type { Gateway, HttpGateway } from './shape.ts';

export interface Ears {
	/** Where a gateway reports what became of a message. */
	receiptUrl?: (gateway: string, messageId: string) => string | null;
	heard?: (receipt: Receipt & { gateway: string }) => Promise<void>;
}

/** The SMS channel over these gateways, the preferred one first. */
export const sms = (gateways: Gateway[], { receiptUrl, heard }: Ears = {}): Channel =>
	several(
		gateways.map((gateway) =>
			gateway.kind === 'smpp'
				? smppGateway(gateway, { heard })
				: httpGateway(gateway, { receiptUrl: (id) => receiptUrl?.(gateway.name, id) ?? null })
		)
	);
