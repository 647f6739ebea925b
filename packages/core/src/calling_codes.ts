/**
 * Which country a number belongs to: ITU-T E.164 calling codes, the area codes of the North American plan that are countries of their own, and the ranges that are
 * nobody's country: premium rates, personal and satellite numbers. The longest prefix that is known counts.
 */

/** `-`: no country's, and never written to. */
// biome-ignore format: a table of prefixes reads as a table
const TABLE = `
1 US 1242 BS 1246 BB 1264 AI 1268 AG 1284 VG 1340 VI 1345 KY 1441 BM 1473 GD 1649 TC 1658 JM 1664 MS 1670 MP 1671 GU 1684 AS 1721 SX 1758 LC 1767 DM 1784 VC
1787 PR 1809 DO 1829 DO 1849 DO 1868 TT 1869 KN 1876 JM 1939 PR
1204 CA 1226 CA 1236 CA 1249 CA 1250 CA 1257 CA 1263 CA 1289 CA 1306 CA 1343 CA 1354 CA 1365 CA 1367 CA 1368 CA 1382 CA 1387 CA 1403 CA 1416 CA 1418 CA 1428 CA
1431 CA 1437 CA 1438 CA 1450 CA 1460 CA 1468 CA 1474 CA 1506 CA 1514 CA 1519 CA 1537 CA 1548 CA 1568 CA 1579 CA 1581 CA 1584 CA 1587 CA 1604 CA 1613 CA 1639 CA
1647 CA 1672 CA 1683 CA 1705 CA 1709 CA 1742 CA 1753 CA 1778 CA 1780 CA 1782 CA 1807 CA 1819 CA 1825 CA 1867 CA 1873 CA 1879 CA 1902 CA 1905 CA 1942 CA
1500 - 1521 - 1522 - 1523 - 1524 - 1525 - 1526 - 1527 - 1528 - 1529 - 1532 - 1533 - 1535 - 1538 - 1542 - 1543 - 1544 - 1545 - 1546 - 1547 - 1549 - 1550 - 1552 - 1553 -
1554 - 1556 - 1566 - 1569 - 1577 - 1578 - 1588 - 1589 - 1600 - 1622 - 1633 - 1644 - 1655 - 1677 - 1688 - 1700 - 1710 - 1800 - 1822 - 1833 - 1844 - 1855 - 1866 -
1877 - 1880 - 1881 - 1882 - 1883 - 1884 - 1885 - 1886 - 1887 - 1888 - 1889 - 1900 - 1976 -
20 EG 211 SS 212 MA 213 DZ 216 TN 218 LY 220 GM 221 SN 222 MR 223 ML 224 GN 225 CI 226 BF 227 NE 228 TG 229 BJ 230 MU 231 LR 232 SL 233 GH 234 NG 235 TD 236 CF
237 CM 238 CV 239 ST 240 GQ 241 GA 242 CG 243 CD 244 AO 245 GW 246 IO 247 AC 248 SC 249 SD 250 RW 251 ET 252 SO 253 DJ 254 KE 255 TZ 256 UG 257 BI 258 MZ 260 ZM
261 MG 262 RE 262269 YT 262639 YT 263 ZW 264 NA 265 MW 266 LS 267 BW 268 SZ 269 KM 27 ZA 290 SH 291 ER 297 AW 298 FO 299 GL
30 GR 31 NL 3190 - 32 BE 3290 - 33 FR 3389 - 34 ES 3480 - 34905 - 350 GI 351 PT 352 LU 353 IE 35315 - 354 IS 355 AL 356 MT 357 CY 358 FI 35818 AX 359 BG 36 HU 3690 -
370 LT 371 LV 372 EE 373 MD 374 AM 375 BY 376 AD 377 MC 378 SM 379 VA 380 UA 381 RS 382 ME 383 XK 385 HR 386 SI 387 BA 389 MK
39 IT 3989 - 40 RO 4090 - 41 CH 4190 - 420 CZ 42090 - 421 SK 42190 - 423 LI 43 AT 4390 - 4393 -
44 GB 4470 - 4476 - 447624 IM 448 - 449 - 441481 GG 441534 JE 441624 IM 447781 GG 447839 GG 447911 GG 447509 JE 447797 JE 447829 JE 447937 JE 447524 IM 447924 IM
45 DK 4590 - 46 SE 46900 - 46939 - 46944 - 47 NO 4782 - 4779 SJ 48 PL 4870 - 49 DE 49137 - 49700 - 49900 -
500 FK 501 BZ 502 GT 503 SV 504 HN 505 NI 506 CR 507 PA 508 PM 509 HT 51 PE 52 MX 53 CU 54 AR 55 BR 56 CL 57 CO 58 VE 590 GP 591 BO 592 GY 593 EC 594 GF 595 PY
596 MQ 597 SR 598 UY 599 BQ 5999 CW
60 MY 61 AU 6119 - 6189162 CC 6189164 CX 62 ID 63 PH 64 NZ 64900 - 65 SG 66 TH 670 TL 672 NF 673 BN 674 NR 675 PG 676 TO 677 SB 678 VU 679 FJ 680 PW 681 WF 682 CK 683 NU
685 WS 686 KI 687 NC 688 TV 689 PF 690 TK 691 FM 692 MH
7 RU 76 KZ 77 KZ 7809 - 7840 - 7940 - 81 JP 82 KR 84 VN 850 KP 852 HK 853 MO 855 KH 856 LA 86 CN 880 BD 886 TW
800 - 808 - 870 - 878 - 881 - 882 - 883 - 888 - 979 - 991 -
90 TR 90900 - 90392 - 91 IN 92 PK 93 AF 94 LK 95 MM 960 MV 961 LB 962 JO 963 SY 964 IQ 965 KW 966 SA 967 YE 968 OM 970 PS 971 AE 972 IL 973 BH 974 QA 975 BT 976 MN
977 NP 98 IR 992 TJ 993 TM 994 AZ 995 GE 996 KG 998 UZ`

const COUNTRY_OF = new Map([...TABLE.matchAll(/(\d+) (\w\w|-)/g)].map(([, prefix = '', country = '-']) => [prefix, country]))
const LONGEST_PREFIX = Math.max(...[...COUNTRY_OF.keys()].map((prefix) => prefix.length))

/** ISO 3166-1 alpha-2 (and `XK`). */
export const TEXT_COUNTRIES: ReadonlySet<string> = new Set([...COUNTRY_OF.values()].filter((country) => country !== '-'))

/** Where a 0 after the calling code is part of the number. Elsewhere it is the national prefix, and the number one of the many spellings of another. */
const ZERO_BELONGS: ReadonlySet<string> = new Set(['IT', 'SM', 'VA', 'CI', 'BJ', 'GA', 'CG'])
/** E.164 section 6.2.1: at most 15 digits. */
const E164 = /^\+[1-9]\d{6,14}$/

/** Undefined: no number in E.164, of no country, or of a range that nobody is reached at. */
export function countryOfNumber(number: string): string | undefined {
  if (!E164.test(number)) return undefined
  const digits = number.slice(1)
  for (let length = LONGEST_PREFIX; length > 0; length--) {
    const country = COUNTRY_OF.get(digits.slice(0, length))
    if (country !== undefined) return country === '-' || !isWrittenOnce(digits, country) ? undefined : country
  }
  return undefined
}

/** One telephone has one spelling: else its limit would be counted several times. */
function isWrittenOnce(digits: string, country: string): boolean {
  // Area codes of the North American plan begin with 2 to 9, and a number has ten digits.
  if (digits.startsWith('1')) return /^1[2-9]\d{9}$/.test(digits)
  return ZERO_BELONGS.has(country) || digits[callingCodeLength(digits)] !== '0'
}

/** The bare calling codes of the table: the shortest prefix is the country's own. */
function callingCodeLength(digits: string): number {
  for (let length = 1; length <= 3; length++) if (COUNTRY_OF.has(digits.slice(0, length))) return length
  return 0
}
