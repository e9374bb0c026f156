import type { Language } from './languages.ts';

/** How a language writes days: short names, because dates stand in narrow lists. */
interface Calendar {
	/** Sunday first. */
	weekdays: readonly string[];
	/** January first. */
	months: readonly string[];
}

const split = (names: string) => names.split(' ');

/**
 * Own names for all eleven written languages: ICU lacks Tshivenḓa, Xitsonga, siSwati and
 * isiNdebele, and what it has for others differs between versions of Node and of browsers.
 */
export const calendars: Record<Language, Calendar> = {
	en: {
		weekdays: split('Sun Mon Tue Wed Thu Fri Sat'),
		months: split('Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec')
	},
	af: {
		weekdays: split('So Ma Di Wo Do Vr Sa'),
		months: split('Jan Feb Mrt Apr Mei Jun Jul Aug Sep Okt Nov Des')
	},
	zu: {
		weekdays: split('Son Mso Bil Tha Sin Hla Mgq'),
		months: split('Jan Feb Mas Eph Mey Jun Jul Aga Sep Okt Nov Dis')
	},
	xh: {
		weekdays: split('Caw Mvu Lwb Lwt Lwn Lwh Mgq'),
		months: split('Jan Feb Mat Epr Mey Jun Jul Aga Sep Okt Nov Dis')
	},
	st: {
		weekdays: split('Son Mma Bed Rar Ne Hla Moq'),
		months: split('Phe Kol Ube Mme Mot Jan Upu Pha Leo Mph Pun Tsh')
	},
	nso: {
		weekdays: split('Son Mos Bed Rar Ne Hla Mok'),
		months: split('Jan Feb Mat Apo Mei Jun Jul Ago Set Okt Nof Dis')
	},
	tn: {
		weekdays: split('Tsh Mos Bed Rar Ne Tla Mat'),
		months: split('Fer Tlh Mop Mor Mot See Phu Pha Lwe Dip Ngw Sed')
	},
	ts: {
		weekdays: split('Son Mus Bir Har Ne Tlh Mug'),
		months: split('Sun Yan Kul Dzi Mud Kho Maw Mha Ndz Nhl Huk Nw’')
	},
	ss: {
		weekdays: split('Son Mso Bil Tsa Ne Hla Mgc'),
		months: split('Bhi Van Vul Mab Ink Nhl Kho Ngc Nyo Imp Lwe Ngo')
	},
	ve: {
		weekdays: split('Swo Mus Vhi Rar Ṋa Ṱan Mug'),
		months: split('Pha Luh Ṱhf Lam Shu Lwi Lwa Ṱha Khu Tsh Ḽar Nye')
	},
	nr: {
		weekdays: split('Son Mvu Bil Tha Ne Hla Mgq'),
		months: split('Jan Feb Mat Apr Mey Jun Jul Arh Sep Okt Nov Dis')
	}
};
