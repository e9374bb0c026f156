import type { Words } from '../templates.ts';

/** Afrikaans, a draft: no named translator has approved it. SMS forms avoid ê, ë, ï, ô and û, which GSM-7 lacks. */
export const af: Words = {
	reviewedBy: null,
	draft: 'Hierdie Afrikaanse teks is ’n konsep; geen vertaler het dit nog goedgekeur nie.',
	open: 'Lees dit en antwoord',
	more: 'Meer, of stop dit',
	stop: 'U kry dit omdat u {municipality} gevra het om u te laat weet. Stop dit, verander die taal of kies stil ure',
	wrote: 'Hulle skryf',
	// prettier-ignore
	templates: {
		receipt: {
			title: 'Ons het dit. U nommer is {reference}',
			body: 'Hou hierdie nommer: {reference}.\nDit is by {department}.\nU private kode: {receipt}. Daarmee kom u van enige foon terug na u verslag. Hou dit vir uself.\nOm by hierdie adres te hoor wat verder gebeur, maak dit oop en sê ja: {confirm}'
		},
		following: { title: 'Bevestig dat ons jou moet laat weet', body: 'Jy het gevra om te hoor van: {what}\nOm by hierdie adres te hoor wat verder gebeur, maak dit oop en sê ja: {confirm}\nAs dit nie jy was nie, doen niks.' },
		sign_in_code: {
			title: 'U aanmeldkode',
			body: 'U kode vir {municipality} is {code}. Dit werk vir 10 minute.\nMoet dit vir niemand gee nie. Niemand van die munisipaliteit sal daarvoor vra nie.',
			sms: '{code} is u kode vir {municipality}. Dit werk vir 10 minute. Moet dit vir niemand gee nie.'
		},
		invitation: {
			title: 'U word genooi om saam met {municipality} te werk',
			body: 'Goeiedag, {name}.\n{who} het u genooi as {what}. Kies ’n wagwoord hier: {link}\nDie skakel werk een keer en tot {due}.'
		},
		password_reset: {
			title: 'Kies ’n nuwe wagwoord',
			body: 'Kies ’n nuwe wagwoord hier: {link}\nDie skakel werk een keer en vir een uur. As u nie daarvoor gevra het nie, doen niks; u wagwoord bly soos dit is.'
		},
		'case.opened': { title: '{reference}: gepubliseer', body: 'Iemand het daarna gekyk. Almal kan dit nou lees. Dit is by {department}.' },
		'case.acknowledged': { title: '{reference}: deur iemand gesien', body: '{department} het dit gelees.' },
		'case.assigned': { title: '{reference}: by \'n span', body: '{department} het dit vir ’n span gegee.' },
		'case.in_progress': { title: '{reference}: die werk is aan die gang', body: '{department} het begin.' },
		'case.on_hold': { title: '{reference}: onderbreek', body: '{department} het die werk onderbreek. Die bladsy sê waarop dit wag.' },
		'case.escalated': { title: '{reference}: laat, opwaarts geneem', body: 'Dit is nie betyds gedoen nie. \'n Hoër gesag van {department} moet nou daarvoor antwoord.' },
		'case.rerouted': { title: '{reference}: by \'n ander departement', body: 'Dit is nou by {department}.' },
		'case.referred': { title: '{reference}: aan \'n ander liggaam gestuur', body: 'Dit is aan {who} gestuur. {department} bly verantwoordelik totdat hulle dit aanvaar.' },
		'case.taken_over': { title: '{reference}: nou by \'n ander liggaam', body: '{who} het dit aanvaar en is nou verantwoordelik. U nommer bly dieselfde.' },
		'case.given_back': { title: '{reference}: weer by ons', body: '{who} het dit nie meer nie. {department} is weer verantwoordelik.' },
		'case.answered_late': { title: '{reference}: \'n laat antwoord', body: '{who} het geantwoord nadat dit reeds verder was. Die antwoord word gehou.' },
		referral: { title: '{reference}: is dit u s\'n?', body: '{what}\nVan {department}, {municipality}: {reason}\nMaak dit oop om dit te aanvaar, terug te gee of te vra. Geen rekening is nodig nie: {link}\nDie skakel werk tot {due}. Wie dit het, kan vir {who} antwoord: gee dit net vir \'n kollega.' },
		'case.resolved_claimed': { title: '{reference}: glo reggemaak. Is dit?', body: '{department} sê dit is reggemaak. Net u kan sê of dit so is. Maak die bladsy oop en antwoord ja of nee.' },
		'case.verified_closed': { title: '{reference}: reggemaak, bevestig', body: 'Iemand wat daarmee saamleef, sê dit is reg.' },
		'case.reopened': { title: '{reference}: weer oop', body: 'Dit is nie reg nie. {department} het dit weer.' },
		'case.declined': { title: '{reference}: nie aanvaar nie', body: '{department} gaan dit nie doen nie. Die bladsy sê hoekom. U kan vra dat dit weer oopgemaak word.' },
		'case.withdrawn': { title: '{reference}: teruggetrek', body: 'Wie dit aangemeld het, het dit teruggetrek.' },
		'case.joined_job': { title: '{reference}: deel van een groter taak', body: 'Verskeie mense het dieselfde aangemeld. Dit is nou een taak: {what}. U hoor alles wat daarmee gebeur.' },
		'case.left_job': { title: '{reference}: weer ’n eie aanmelding', body: 'Dit blyk iets anders te wees en is uit die groter taak gehaal. {department} het dit, met die tyd wat dit vroeër gehad het. Die bladsy sê hoekom.' },
		reply: { title: '{reference}: \'n antwoord', body: '{department} het geantwoord.' },
		councillor_reply: { title: '{reference}: u raadslid het geantwoord', body: '{who} het geantwoord.' },
		'suggestion.evaluating': { title: '{reference}: word oorweeg', body: '{who} oorweeg die voorstel.' },
		'suggestion.accepted': { title: '{reference}: voorstel aanvaar', body: '{who} het die voorstel aanvaar.' },
		'suggestion.rejected': { title: '{reference}: voorstel nie aanvaar nie', body: '{who} het die voorstel nie aanvaar nie. Die bladsy sê hoekom.' },
		'suggestion.retired': { title: '{reference}: voorstel opsy gesit', body: '{who} het die voorstel opsy gesit. Die bladsy sê hoekom.' },
		'commitment.made': { title: 'Nuwe belofte vir u wyk', body: '{who} het belowe: {what}\nTeen {due}.' },
		'commitment.reported': { title: 'Nuus oor \'n belofte', body: '{who} het verslag gedoen oor die belofte: {what}' },
		'commitment.slipped': { title: '\'n Belofte het \'n nuwe datum', body: '{what}\nWas {oldDue}, nou {due}. Die bladsy sê hoekom.' },
		'commitment.kept': { title: '\'n Belofte is nagekom', body: '{who} het die belofte nagekom: {what}' },
		'commitment.broken': { title: '\'n Belofte is verbreek', body: '{what}\n{who} het dit nie nagekom nie. Die bladsy sê hoekom.' },
		moderated: { title: '{reference}: ons het verander wat ander sien', body: 'Iets wat u geskryf of gestuur het, is vir ander versteek of verander. Hoekom: {reason}\nDie oorspronklike word gehou. As u nie saamstem nie, maak die bladsy oop en sê so.' },
		privacy_answer: { title: 'Die antwoord op u versoek oor u data', body: 'U versoek oor u data is beantwoord. Maak die bladsy oop om dit te lees.' },
		'councillor.heard': { title: '{reference}: het \'n antwoord gekom?', body: 'Twee weke of langer gelede het u aan {who} geskryf. Het \'n antwoord gekom? Dit neem een tik, en net getalle word gewys.' },
		'ward.reported_back': { title: 'Verslag aan jou wyk', body: '{who} het verslag gedoen oor {what}: wat reggemaak is, wat belowe is, wat nog oop is.' },
		'outage.forecast': { title: 'Onderbreking in {what}: nou {due} terug verwag', body: 'Is {oldDue} verwag, nou {due}.\nHoekom: {reason}' },
		'outage.forecast_unknown': { title: 'Onderbreking in {what}: niemand weet nog wanneer dit terug is nie', body: 'Dit is {oldDue} terug verwag. Dit geld nie meer nie, en daar is nog nie \'n nuwe tyd nie.\nHoekom: {reason}' },
		'outage.ended': { title: 'Onderbreking in {what}: dit is terug', body: 'Die munisipaliteit sê dit is terug. As dit by jou nog af is, rapporteer dit: jou plek het dalk \'n eie fout.' },
		'outage.again': { title: 'Onderbreking in {what}: weer af', body: 'Dit is weer af.\nHoekom: {reason}\nTerug verwag {due}.' },
		'outage.called_off': { title: 'Onderbreking in {what}: afgestel', body: 'Dit is gesluit sonder dat dit gebeur het, of dit was \'n fout.\nHoekom: {reason}' },
		'news.published': { title: 'Nuus: {what}', body: 'Die munisipaliteit laat weet: {what}' },
		'news.corrected': { title: 'Reggestelde nuus: {what}', body: 'Ons het dit vroeër vir u vertel. Wat verkeerd was: {reason}\nLees dit soos dit nou is.' },
		'news.withdrawn': { title: 'Teruggetrek: {what}', body: 'Ons het hierdie nuus teruggetrek. Hoekom: {reason}' },
		staff_digest: { title: 'U dag', body: '{list}' }
	}
};
