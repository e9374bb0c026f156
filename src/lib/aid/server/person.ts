import { contactIndex, readPhone } from '../../identity/server/index.ts';
import { Refusal } from '../../platform/refusal.ts';
import { fingerprint, seal } from '../../platform/server/keys.ts';
import { birthObstacle, idObstacle, plainNumber, type NewMember, type Way } from '../household.ts';
import { birthWords, idWords } from '../wording.ts';

type Typed = Omit<NewMember, 'relation'>;

/**
 * Somebody as the table keeps them: numbers sealed for this row, with keyed indexes for equality. Without
 * a document there is a reason and no index. `today` is a day of the municipality's calendar.
 * @throws Refusal 400 naming the field
 */
export function keepPerson(typed: Typed, memberId: string, today: string) {
	const document = readDocument(typed, memberId);
	const birth = typed.birth || birthInId(typed, today);
	const obstacle = birth ? birthObstacle(birth, today) : null;
	if (obstacle) throw new Refusal(400, birthWords[obstacle], 'birth');
	const birthFrom: Way = typed.birth
		? typed.birthFrom || 'said'
		: birth
			? 'document'
			: typed.birthFrom || 'said';
	if (typed.nameFrom === 'witness' && !typed.witness)
		throw new Refusal(400, 'Name who vouches for them.', 'witness');
	return {
		given: typed.given,
		surname: typed.surname,
		birth: birth || null,
		sex: typed.sex || null,
		disability: typed.disability,
		...document,
		...readTelephone(typed.phone, memberId),
		nameFrom: typed.nameFrom,
		birthFrom,
		witness: typed.witness
	};
}

/** The birth date that a South African identity number says, of the century that is not yet to come. */
function birthInId({ documentKind, documentNumber }: Typed, today: string): string {
	const id = plainNumber(documentNumber);
	if (documentKind !== 'sa_id' || idObstacle(id)) return '';
	const rest = `${id.slice(0, 2)}-${id.slice(2, 4)}-${id.slice(4, 6)}`;
	return (
		['20', '19'].map((century) => century + rest).find((birth) => !birthObstacle(birth, today)) ??
		''
	);
}

function readDocument({ documentKind, documentNumber, documentReason }: Typed, memberId: string) {
	const number = plainNumber(documentNumber);
	if (documentKind === 'none') {
		if (number)
			throw new Refusal(
				400,
				'There is a number here: choose which document it is.',
				'documentKind'
			);
		if (!documentReason)
			throw new Refusal(
				400,
				'Say why there is none: burnt, lost, never had one.',
				'documentReason'
			);
		return { documentKind, documentReason };
	}
	if (!number)
		throw new Refusal(400, 'Give the number, or choose that there is none.', 'documentNumber');
	const obstacle = documentKind === 'sa_id' ? idObstacle(number) : null;
	if (obstacle) throw new Refusal(400, idWords[obstacle], 'documentNumber');
	if (number.length < 4 || number.length > 20)
		throw new Refusal(400, 'Number: 4 to 20 letters and digits.', 'documentNumber');
	return {
		documentKind,
		documentReason: '',
		documentSealed: seal('identity.text', number, memberId),
		documentIndex: documentIndexOf(documentKind, number),
		documentEnd: number.slice(-3)
	};
}

/** Equal numbers of one kind meet under this; nobody guesses back without the key. */
export const documentIndexOf = (kind: string, typed: string) =>
	fingerprint('identity.index', `${kind}:${plainNumber(typed)}`);

function readTelephone(typed: string, memberId: string) {
	if (!typed) return {};
	const phone = readPhone(typed);
	if (!phone)
		throw new Refusal(
			400,
			'This is no telephone number. Leave it empty if there is none.',
			'phone'
		);
	return {
		phoneSealed: seal('contact.text', phone.value, memberId),
		phoneIndex: contactIndex(phone),
		phoneEnd: phone.value.slice(-3)
	};
}
