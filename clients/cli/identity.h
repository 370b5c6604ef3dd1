#ifndef TUOYU_CLIENTS_CLI_IDENTITY_H_
#define TUOYU_CLIENTS_CLI_IDENTITY_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "tuoyu/common/v1/options.pb.h"

namespace tuoyu::cli {

// Names of the files that `tuoyu keys` makes in the folder of keys, and deploy/up hands to the
// services.
inline constexpr char kTokenKeyFile[] = "token.key.pem";      // private, signs tokens
inline constexpr char kTokenPublicFile[] = "token.pub.pem";   // public, checks tokens
inline constexpr char kReceiptKeyFile[] = "receipt.key.pem";  // private, signs receipts
inline constexpr char kReceiptPublicFile[] = "receipt.pub.pem";
// Secret, seal personal data: one for each service, so that none opens what another has sealed.
inline constexpr const char* kKeyRingFiles[] = {"filing.keyring", "aggregator.keyring",
                                                "inspection.keyring", "complaint.keyring"};

// Who a command acts as.
struct Identity {
  std::string token;         // a bearer token; goes before everything below
  std::string token_file;    // file with one
  std::string as;            // short name of a role, see RoleNamed; a token is minted for it
  std::string subject;       // account; empty: the short name of the role
  std::string organisation;  // empty: see OrganisationOf
  std::vector<std::string> divisions = {"500111"};
  std::string facility;  // "facilities/{id}", for facility roles
  std::string keys = "var/keys";
};

// The role with a short name ("reviewer", "principal", "auditor") or its full one without "ROLE_"
// ("DHC_REVIEWER"), in any case; ROLE_UNSPECIFIED when there is none.
common::v1::Role RoleNamed(absl::string_view name);
// The short name of a role, for hints and subjects: "reviewer".
std::string ShortNameOf(common::v1::Role role);
// All short names, in the order of the roles.
std::vector<std::string> RoleShortNames();

// The organisation a token names for these roles when the caller names none: the health commission, "DHC"; of an officer of a street or town
// alone that street or town, e.g. "T_500111001", for it acts for no department.
std::string OrganisationOf(const Identity& identity, const std::vector<common::v1::Role>& roles);

// Mints a token for `roles` from the private key in `identity.keys`, valid from `now` for `life`.
// NOT_FOUND without the key, FAILED_PRECONDITION when others may read it.
absl::StatusOr<std::string> MintToken(const Identity& identity,
                                      const std::vector<common::v1::Role>& roles, absl::Time now,
                                      absl::Duration life);

// The token to send: `token`, else the content of `token_file`, else one minted for `as`, else one
// for `default_role` when the private key is there, else none (empty). INVALID_ARGUMENT on an
// unknown role, NOT_FOUND without the file or key asked for.
absl::StatusOr<std::string> ResolveToken(const Identity& identity, common::v1::Role default_role,
                                         absl::Time now);

}  // namespace tuoyu::cli

#endif  // TUOYU_CLIENTS_CLI_IDENTITY_H_
