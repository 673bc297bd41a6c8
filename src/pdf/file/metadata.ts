/** The document's metadata. It never uses the clock, so the same report gives the same bytes. */
import type { DocumentInfo } from '../../domain/document.ts';
import type { DocumentInsides, Reference } from '../pdfkit-insides.ts';

const PRODUCER = 'Almanac';

/** The options from which pdfkit makes the information dictionary and the file's id. */
export function pdfInfo(info: DocumentInfo) {
  return {
    Title: info.title,
    Author: info.author,
    Subject: info.subject,
    Creator: PRODUCER,
    Producer: PRODUCER,
    CreationDate: new Date(info.createdAt),
    ModDate: new Date(info.createdAt),
  };
}

/** IPTC's word for media that a trained model made: all our text. The colophon says the same to readers. */
const MADE_BY_A_MODEL = 'http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia';

/**
 * XMP packet that also declares PDF/UA-1 and, for programs, that the text was written by AI (IPTC Photo Metadata
 * Standard, Digital Source Type). pdfkit's own packet does not escape `&` and `<` in a title.
 */
export function writeXmp(out: DocumentInsides, info: DocumentInfo): Reference {
  const date = `${new Date(info.createdAt).toISOString().slice(0, 19)}Z`;
  const alternative = (text: string) =>
    `<rdf:Alt><rdf:li xml:lang="x-default">${escapeXml(text)}</rdf:li></rdf:Alt>`;
  const reference = out.ref({ Type: 'Metadata', Subtype: 'XML' });
  reference.compress = false; // to be found by programs that do not read PDF
  reference.end(
    Buffer.from(`<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/">
<dc:title>${alternative(info.title)}</dc:title>
<dc:description>${alternative(info.subject)}</dc:description>
<dc:creator><rdf:Seq><rdf:li>${escapeXml(info.author)}</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>${escapeXml(info.language)}</rdf:li></rdf:Bag></dc:language>
<xmp:CreateDate>${date}</xmp:CreateDate><xmp:ModifyDate>${date}</xmp:ModifyDate>
<xmp:CreatorTool>${PRODUCER}</xmp:CreatorTool><pdf:Producer>${PRODUCER}</pdf:Producer>
<pdfuaid:part>1</pdfuaid:part>
<Iptc4xmpExt:DigitalSourceType>${MADE_BY_A_MODEL}</Iptc4xmpExt:DigitalSourceType>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>`),
  );
  return reference;
}

function escapeXml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
