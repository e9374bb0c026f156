import type { Words } from '../templates.ts';

/** isiXhosa, a draft: no named translator has approved it. */
export const xh: Words = {
	reviewedBy: null,
	draft: 'Lo mbhalo wesiXhosa luguqulelo olusalungiswayo; akukho mguquleli sele eluvumile.',
	open: 'Yifunde uphendule',
	more: 'Okunye, okanye yeka',
	stop: 'Ufumana oku kuba ucele i-{municipality} ukuba ikwazise. Yiyeke, tshintsha ulwimi okanye umisele iiyure zokuzola',
	wrote: 'Babhale',
	// prettier-ignore
	templates: {
		receipt: {
			title: 'Siyifumene. Inombolo yakho ngu-{reference}',
			body: 'Gcina le nombolo: {reference}.\nIngxelo iye kwi-{department}.\nIkhowudi yakho eyimfihlo: {receipt}. Ngayo ungabuyela kwingxelo yakho nakweyiphi na ifowuni. Musa ukuyixelela mntu.\nUkuba ufuna ukwaziswa kule dilesi ngokwenzekayo, vula apha uthi ewe: {confirm}'
		},
		following: { title: 'Yithi ewe, sikuxelele okwenzekayo', body: 'Ucele ukuva nge: {what}\nUkuze uve kule dilesi okulandelayo, vula oku uthi ewe: {confirm}\nUkuba ibingenguwe, ungenzi nto.' },
		sign_in_code: {
			title: 'Ikhowudi yakho yokungena',
			body: 'Ikhowudi yakho ye-{municipality} ithi {code}. Isebenza imizuzu eli-10.\nMusa ukuyinika mntu. Akukho mntu kamasipala oza kuyicela.',
			sms: '{code} yikhowudi yakho ye-{municipality}. Isebenza imizuzu eli-10. Musa ukuyinika mntu.'
		},
		invitation: {
			title: 'Umenyiwe ukuba usebenze ne-{municipality}',
			body: 'Molo, {name}.\nU-{who} ukumeme njenge-{what}. Khetha iphaswedi apha: {link}\nEli khonkco lisebenza kube kanye, kude kube ngu-{due}.'
		},
		password_reset: {
			title: 'Khetha iphaswedi entsha',
			body: 'Khetha iphaswedi entsha apha: {link}\nIkhonkco lisebenza kube kanye, iyure enye. Ukuba awulicelanga, musa ukwenza nto; iphaswedi yakho ihlala injalo.'
		},
		'case.opened': { title: '{reference}: ipapashiwe', body: 'Umntu uyijongile ingxelo. Wonke umntu angayifunda ngoku. Iye kwi-{department}.' },
		'case.acknowledged': { title: '{reference}: umntu uyibonile', body: 'I-{department} iyifundile ingxelo.' },
		'case.assigned': { title: '{reference}: inikwe iqela', body: 'I-{department} iyinike iqela.' },
		'case.in_progress': { title: '{reference}: umsebenzi uyaqhuba', body: 'I-{department} iqalisile.' },
		'case.on_hold': { title: '{reference}: kumiswe okwethutyana', body: 'I-{department} iwumise okwethutyana umsebenzi. Iphepha lithi kulindwe ntoni.' },
		'case.escalated': { title: '{reference}: ushiywe lixesha, isiwe phezulu', body: 'Ayigqitywanga ngexesha. Umphathi ophezulu we-{department} kufuneka ayiphendulele ngoku.' },
		'case.rerouted': { title: '{reference}: ikwelinye isebe', body: 'Ngoku ikwi-{department}.' },
		'case.referred': { title: '{reference}: ithunyelwe kwenye iofisi', body: 'Ithunyelwe ku-{who}. I-{department} isenoxanduva de bayamkele.' },
		'case.taken_over': { title: '{reference}: ikwenye iofisi ngoku', body: 'I-{who} iyamkele kwaye inoxanduva ngoku. Inombolo yakho ayitshintshi.' },
		'case.given_back': { title: '{reference}: ikuthi kwakhona', body: 'I-{who} ayisenayo. I-{department} inoxanduva kwakhona.' },
		'case.answered_late': { title: '{reference}: impendulo efike kade', body: 'I-{who} iphendule emva kokuba idlulile. Impendulo igciniwe.' },
		referral: { title: '{reference}: ingaba yeyenu?', body: '{what}\nIvela ku-{department}, {municipality}: {reason}\nVula le nto ukuze uyamkele, uyibuyise okanye ubuze. Ayifuneki iakhawunti: {link}\nLe khonkco isebenza kude kube {due}. Onayo angaphendulela i-{who}: yidlulisele kuphela kugxa wenu.' },
		'case.resolved_claimed': { title: '{reference}: kuthiwa ilungisiwe. Kunjalo?', body: 'I-{department} ithi ilungisiwe. Nguwe wedwa onokuthi kunjalo na. Vula iphepha uphendule ewe okanye hayi.' },
		'case.verified_closed': { title: '{reference}: ilungisiwe, iqinisekisiwe', body: 'Umntu ochaphazelekayo uthi ilungisiwe.' },
		'case.reopened': { title: '{reference}: ivulwe kwakhona', body: 'Ayikalungiswa. I-{department} iyiphethe kwakhona.' },
		'case.declined': { title: '{reference}: ayithathwanga', body: 'I-{department} ayizi kuyithatha le ngxelo. Iphepha lisixela isizathu. Ungacela ukuba ivulwe kwakhona.' },
		'case.withdrawn': { title: '{reference}: irhoxisiwe', body: 'Umntu oyixeleyo uyirhoxisile ingxelo.' },
		'case.joined_job': { title: '{reference}: yinxalenye yomsebenzi omnye omkhulu', body: 'Abantu abaninzi baxele into enye. Ngoku ngumsebenzi omnye: {what}. Uza kuva konke okwenzekayo ngawo.' },
		'case.left_job': { title: '{reference}: iphinde yaba yingxelo ezimeleyo', body: 'Kufumaniseke ukuba yenye into, ngoko iphumile kumsebenzi omkhulu. {department} inayo, nexesha ebinalo ngaphambili. Iphepha lithi kutheni.' },
		reply: { title: '{reference}: kukho impendulo', body: 'I-{department} iphendule.' },
		councillor_reply: { title: '{reference}: uceba wakho uphendule', body: 'U-{who} uphendule.' },
		'suggestion.evaluating': { title: '{reference}: isaqwalaselwa', body: 'U-{who} usasiqwalasela isiphakamiso.' },
		'suggestion.accepted': { title: '{reference}: isiphakamiso samkelwe', body: 'U-{who} usamkele isiphakamiso.' },
		'suggestion.rejected': { title: '{reference}: isiphakamiso asamkelwanga', body: 'U-{who} akasamkelanga isiphakamiso. Iphepha lisixela isizathu.' },
		'suggestion.retired': { title: '{reference}: isiphakamiso sibekwe ecaleni', body: 'U-{who} usibeke ecaleni isiphakamiso. Iphepha lisixela isizathu.' },
		'commitment.made': { title: 'Isithembiso esitsha kwiwadi yakho', body: 'U-{who} uthembise: {what}\nKude kube ngu-{due}.' },
		'commitment.reported': { title: 'Iindaba zesithembiso', body: 'U-{who} unike ingxelo ngesithembiso: {what}' },
		'commitment.slipped': { title: 'Isithembiso sinomhla omtsha', body: '{what}\nIbingu-{oldDue}, ngoku ngu-{due}. Iphepha lisixela isizathu.' },
		'commitment.kept': { title: 'Isithembiso sigciniwe', body: 'U-{who} usigcinile isithembiso: {what}' },
		'commitment.broken': { title: 'Isithembiso asigcinwanga', body: '{what}\nU-{who} akasigcinanga. Iphepha lisixela isizathu.' },
		moderated: { title: '{reference}: sitshintshe okubonwa ngabanye', body: 'Into oyibhalileyo okanye oyithumeleyo ifihliwe okanye itshintshiwe kwabanye. Isizathu: {reason}\nEyokuqala igciniwe. Ukuba awuvumi, vula iphepha utsho.' },
		privacy_answer: { title: 'Impendulo yesicelo sakho ngedatha yakho', body: 'Isicelo sakho ngedatha yakho siphenduliwe. Vula iphepha ukuze ufunde impendulo.' },
		'councillor.heard': { title: '{reference}: ingaba impendulo ifikile?', body: 'Kwiiveki ezimbini okanye ngaphezulu wabhalela u-{who}. Ingaba impendulo ifikile? Kuthatha ucofo olunye, kwaye kuboniswa amanani kuphela.' },
		'ward.reported_back': { title: 'Ingxelo yewadi yakho', body: 'U-{who} unike ingxelo nge-{what}: okulungisiweyo, okuthenjisiweyo, nokusavuliweyo.' },
		'outage.forecast': { title: 'Ukuphazamiseka e-{what}: ngoku kulindeleke kubuye {due}', body: 'Bekulindeleke {oldDue}, ngoku {due}.\nIsizathu: {reason}' },
		'outage.forecast_unknown': { title: 'Ukuphazamiseka e-{what}: akukho mntu waziyo ukuba kubuya nini', body: 'Bekulindeleke kubuye {oldDue}. Oko akusasebenzi, kwaye akukabikho xesha litsha.\nIsizathu: {reason}' },
		'outage.ended': { title: 'Ukuphazamiseka e-{what}: sekubuyile', body: 'UMasipala uthi sekubuyile. Ukuba akukabuyi apho uhlala khona, kuxele: kunokwenzeka ukuba kukho ingxaki yakho wedwa.' },
		'outage.again': { title: 'Ukuphazamiseka e-{what}: kuphinde kwacima', body: 'Akukho kwakhona.\nIsizathu: {reason}\nKulindeleke kubuye {due}.' },
		'outage.called_off': { title: 'Ukuphazamiseka e-{what}: kurhoxisiwe', body: 'Kuvaliwe kungenzekanga, okanye ibiyimpazamo.\nIsizathu: {reason}' },
		'news.published': { title: 'Iindaba: {what}', body: 'Umasipala uthi: {what}' },
		'news.corrected': { title: 'Iindaba ezilungisiweyo: {what}', sms: 'Ilungisiwe: {what}', body: 'Besikuxelele oku ngaphambili. Obekungalunganga: {reason}\nFunda njengoko kunjalo ngoku.' },
		'news.withdrawn': { title: 'Kurhoxisiwe: {what}', body: 'Siyirhoxisile le ndaba. Isizathu: {reason}' },
		staff_digest: { title: 'Usuku lwakho', body: '{list}' }
	}
};
