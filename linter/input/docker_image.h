// The name of an image as docker's client checks it: distribution/reference, ParseAnyReference.
#pragma once

#include <string>
#include <string_view>

namespace cagelint::input {

// The reason why `text`, which is literal, names no image; "" when it does.
std::string ImageRefusal(std::string_view text);

// Whether a part of the name is what documentation leaves open: `IMAGE`, `YOUR_NAME/app`. The
// client refuses all of these.
bool IsImagePlaceholder(std::string_view text);

}  // namespace cagelint::input
