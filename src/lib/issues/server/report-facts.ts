import type { Answers } from '../rules.ts';

/** A report as it was sent, before anything is looked up. Texts are cleaned at the border. */
export interface ReportFacts {
	municipalityId: string;
	kind: 'issue' | 'suggestion';
	/** Code of the service; suggestions have none. */
	service?: string;
	description: string;
	answers?: Answers;
	/** WGS 84 decimal degrees; `accuracy` in metres. */
	lat?: string | number;
	lon?: string | number;
	accuracy?: string | number;
	/** Put there by hand, rather than read from the phone. */
	pinned?: boolean;
	/** Address, landmark, pole number or Plus Code. */
	place?: string;
	/** Code of the ward the resident chose. */
	ward?: string;
	photoIds?: string[];
	name?: string;
	phone?: string;
	email?: string;
	showName?: boolean;
	anonymous?: boolean;
	language?: string;
	/** The version of the privacy notice they were shown. */
	notice?: string;
	/** Made where the report was written: sending twice makes one. */
	clientId: string;
	/** Typed in by staff for somebody who called or came by. */
	capture?: 'phone' | 'counter';
	/** Where it came from, when neither the site nor a person here. */
	channel?: string;
	source?: string;
	sourceRef?: string;
	/** Nobody is told: imports and the demo's past. */
	silent?: boolean;
}

/** What whoever reported gets at once. */
export interface Reported {
	issueId: string;
	caseId: string;
	reference: string;
	/** The private code: whoever holds it is the reporter. Null when a stranger repeats a report. */
	receipt: string | null;
	/** This report was here before: nothing was done again. */
	repeated: boolean;
}
