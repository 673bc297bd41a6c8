import java.io.File;
import java.util.Map;
import java.util.TreeMap;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/** Holds files to PDF/UA-1 with veraPDF's own library. Prints one line per file: path, checks made, failed rules. */
class VeraPdf {
  private static final PDFAFlavour PROFILE = PDFAFlavour.PDFUA_1;

  public static void main(String[] files) throws Exception {
    VeraGreenfieldFoundryProvider.initialise();
    for (String file : files) {
      try (PDFAParser parser = Foundries.defaultInstance().createParser(new File(file), PROFILE);
          PDFAValidator validator =
              Foundries.defaultInstance().createValidator(PROFILE, 100, false, false, false)) {
        ValidationResult result = validator.validate(parser);
        Map<String, Integer> failed = new TreeMap<>();
        for (TestAssertion assertion : result.getTestAssertions()) {
          var rule = assertion.getRuleId();
          failed.merge(rule.getClause() + "-" + rule.getTestNumber(), 1, Integer::sum);
        }
        if (!result.isCompliant() && failed.isEmpty()) failed.put("not compliant", 1);
        String rules = String.join(" ", failed.keySet());
        System.out.println(file + "\t" + result.getTotalAssertions() + "\t" + rules);
      }
    }
  }
}
