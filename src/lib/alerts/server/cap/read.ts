import { DOMParser } from '@xmldom/xmldom';
import { capNamespace, signatureNamespace, type CapAlert } from './document.ts';
import { capTime, grammar, isGrammar, type Grammar, type Holds } from './grammar.ts';

/** Why something is no CAP message, in a sentence for whoever imported it. */
export class NotCap extends Error {}

export const mostCapBytes = 2_000_000;
const mostTags = 100_000;

/**
 * Parses XML somebody else wrote: UTF-8 text without a document type, so that no entity and no file
 * is ever looked up, bounded in size.
 * @throws NotCap
 */
export function parseXml(xml: string): Element {
	if (Buffer.byteLength(xml) > mostCapBytes) throw new NotCap('It is larger than 2 MB.');
	if (/<!(DOCTYPE|ENTITY)/i.test(xml))
		throw new NotCap('It declares a document type: such files can read ours, so we open none.');
	if ((xml.match(/</g)?.length ?? 0) > mostTags) throw new NotCap('It has too many elements.');

	const stop = (fault: unknown) => {
		throw new NotCap(`It is not well-formed XML: ${String(fault).split('\n')[0].slice(0, 120)}`);
	};
	const parser = new DOMParser({
		errorHandler: { warning: stop, error: stop, fatalError: stop }
	});
	const root = parser.parseFromString(xml.replace(/^\ufeff/, ''), 'text/xml')?.documentElement;
	if (!root) throw new NotCap('It is empty.');
	return root;
}

/**
 * Reads a CAP 1.2 message as strictly as its schema: nothing unknown, nothing missing, all in order.
 * What it means is judged by `capFaults`, who signed it by `signerOf`.
 * @throws NotCap
 */
export function readCap(xml: string): CapAlert {
	const root = parseXml(xml);
	if (root.localName !== 'alert' || root.namespaceURI !== capNamespace)
		throw new NotCap('It is not a CAP 1.2 alert.');
	const children = elementsOf(root);
	const signatures = children.findIndex(({ namespaceURI }) => namespaceURI === signatureNamespace);
	const said = signatures < 0 ? children : children.slice(0, signatures);
	if (
		signatures >= 0 &&
		children.slice(signatures).some(({ namespaceURI }) => namespaceURI !== signatureNamespace)
	)
		throw new NotCap('Something stands behind the signature.');
	return readInto(said, grammar, 'alert') as unknown as CapAlert;
}

const elementsOf = (parent: Element): Element[] =>
	Array.from(parent.childNodes).filter((node): node is Element => {
		if (node.nodeType === 3 && node.nodeValue?.trim())
			throw new NotCap(`There is loose text in “${parent.localName}”.`);
		return node.nodeType === 1;
	});

function readInto(children: Element[], places: Grammar, parent: string): Record<string, unknown> {
	const read: Record<string, unknown> = {};
	let next = 0;
	for (const { name, holds, must, many } of places) {
		const found: unknown[] = [];
		while (isNamed(children[next], name) && (many || !found.length))
			found.push(readValue(children[next++], holds));
		if (must && !found.length) throw new NotCap(missing(children[next], name, parent));
		if (many) read[name] = found;
		else if (found.length) read[name] = found[0];
	}
	if (next < children.length)
		throw new NotCap(`“${children[next].localName}” has no place there in “${parent}”.`);
	return read;
}

const isNamed = (element: Element | undefined, name: string) =>
	element?.localName === name && element.namespaceURI === capNamespace;

const missing = (there: Element | undefined, name: string, parent: string) =>
	`“${name}” is missing in “${parent}”${there ? `, where “${there.localName}” stands` : ''}.`;

function readValue(element: Element, holds: Holds): unknown {
	if (isGrammar(holds)) return readInto(elementsOf(element), holds, element.localName);
	if (Array.from(element.childNodes).some(({ nodeType }) => nodeType === 1))
		throw new NotCap(`“${element.localName}” must hold text alone.`);
	const text = (element.textContent ?? '').trim();
	if (holds === 'text') return text;
	const fits =
		holds instanceof RegExp ? holds.test(text) : (holds as readonly string[]).includes(text);
	// The shape of a time, and no such day or hour: xs:dateTime refuses it too.
	if (!fits || (holds === capTime && Number.isNaN(Date.parse(text))))
		throw new NotCap(`“${element.localName}” cannot be “${text.slice(0, 60)}”.`);
	return text;
}
