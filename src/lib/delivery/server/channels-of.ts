import type { Db } from '../../platform/server/db.ts';
import { currentChannels, listenTo } from './channels/index.ts';
import { reportAddress } from './hooks.ts';
import { noteReport } from './receipts.ts';

/** The channels of this process, which report what becomes of messages later. */
export function channelsOf(db: Db) {
	listenTo({
		receiptUrl: reportAddress,
		heard: async (report) => void (await noteReport(db, report))
	});
	return currentChannels();
}
