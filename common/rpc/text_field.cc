#include "common/rpc/text_field.h"

#include "common/form/form.h"
#include "common/rpc/errors.h"

namespace tuoyu::rpc {

absl::Status RequireText(absl::string_view field, absl::string_view text, size_t most) {
  Form form("");
  form.CheckText(field, text, /*required=*/true, most);
  return FormError(form.Take());
}

}  // namespace tuoyu::rpc
