#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

void Check(const Container& container, Reporter& report) {
  if (!container.disable_content_trust.Is(true)) return;
  report.Add(
      {.span = PlaceOf(container.disable_content_trust, container),
       .message = "the image's signature is not looked at, whatever `DOCKER_CONTENT_TRUST` "
                  "says",
       .help = "leave it out, and name the image by its digest",
       .fixes = {Unsafe("leave it out",
                        "with `DOCKER_CONTENT_TRUST=1` an image without a signature is refused",
                        {Remove(container.disable_content_trust.whole)})}});
}

}  // namespace

extern const Rule kContentTrustDisabled{
    .info =
        {.id = "content-trust-disabled",
         .title = "the verification of image signatures is switched off",
         .why = "an image that somebody else pushed under the same name runs unnoticed",
         .rationale =
             "Where `DOCKER_CONTENT_TRUST=1` is set, the docker client up to version 28 runs only "
             "what its publisher signed. `--disable-content-trust` switches that off for one "
             "command. Where the variable is not set the option changes nothing, since content "
             "trust is off by itself; it is then a trap for whoever sets the variable later.\n\n"
             "docker 29 took content trust out. A digest in the image's name does more: the engine "
             "refuses every other content.",
         .references = {"Docker documentation, Content trust in Docker",
                        "docker/cli, deprecated features: content trust"},
         .cis = {"4.5"},
         .bad = "docker run --disable-content-trust alpine:3.22\n",
         .good = "docker run --disable-content-trust=false alpine:3.22\n",
         .fix = Fixable::kUnsafe},
    .on_container = Check,
};

}  // namespace cagelint::rules
