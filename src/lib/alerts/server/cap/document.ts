/** A message of the Common Alerting Protocol, in its own words (OASIS CAP 1.2). Times are texts: who signed them signed every character. */
export interface CapAlert {
	identifier: string;
	sender: string;
	sent: string;
	status: string;
	msgType: string;
	source?: string;
	scope: string;
	restriction?: string;
	addresses?: string;
	code: string[];
	note?: string;
	references?: string;
	incidents?: string;
	info: CapInfo[];
}

export interface CapInfo {
	language?: string;
	category: string[];
	event: string;
	responseType: string[];
	urgency: string;
	severity: string;
	certainty: string;
	audience?: string;
	eventCode: CapValue[];
	effective?: string;
	onset?: string;
	expires?: string;
	senderName?: string;
	headline?: string;
	description?: string;
	instruction?: string;
	web?: string;
	contact?: string;
	parameter: CapValue[];
	resource: CapResource[];
	area: CapArea[];
}

export interface CapValue {
	valueName: string;
	value: string;
}

export interface CapResource {
	resourceDesc: string;
	mimeType: string;
	size?: string;
	uri?: string;
	derefUri?: string;
	digest?: string;
}

export interface CapArea {
	areaDesc: string;
	/** `lat,lon` pairs between spaces: the other way round than GeoJSON. */
	polygon: string[];
	/** `lat,lon radius`, the radius in kilometres. */
	circle: string[];
	geocode: CapValue[];
	altitude?: string;
	ceiling?: string;
}

export const capNamespace = 'urn:oasis:names:tc:emergency:cap:1.2';
export const signatureNamespace = 'http://www.w3.org/2000/09/xmldsig#';
export const capMediaType = 'application/cap+xml';
