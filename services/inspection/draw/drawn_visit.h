#ifndef TUOYU_SERVICES_INSPECTION_DRAW_DRAWN_VISIT_H_
#define TUOYU_SERVICES_INSPECTION_DRAW_DRAWN_VISIT_H_

#include <string>

#include "absl/status/status.h"
#include "common/rpc/write.h"
#include "services/inspection/inspection_deps.h"
#include "tuoyu/inspection/v1/visit.pb.h"

// What befalls a drawn visit, as its draw tells everyone.
namespace tuoyu::inspection {

// Notes in the draw of a visit that it was given up, with the reason, for everyone to read.
absl::Status EnterCancellation(rpc::WriteContext& context, const InspectionDeps& deps,
                               const v1::Visit& visit, const std::string& reason);

// Adds a replacement that was consented to, to the record of the visit's draw, so that it agrees when anyone does the draw again.
// INVALID_ARGUMENT FORM_INVALID when it would not: who comes is not on the frozen list, or was recused then.
absl::Status EnterReplacement(rpc::WriteContext& context, const InspectionDeps& deps,
                              const v1::Visit& visit, const v1::InspectorReplacement& replacement);

// FORM_INVALID NOT_ELIGIBLE, on `to_inspector`, when who comes is not on the frozen list of the visit's draw, or was recused then.
absl::Status RequireOnList(rpc::WriteContext& context, const v1::Visit& visit,
                           const v1::InspectorReplacement& replacement);

}  // namespace tuoyu::inspection

#endif  // TUOYU_SERVICES_INSPECTION_DRAW_DRAWN_VISIT_H_
