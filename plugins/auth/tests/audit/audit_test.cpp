// SPDX-License-Identifier: Apache-2.0
// identity.md, case 158.
#include "audit/actions.h"
#include "audit/chain.h"
#include "audit/log.h"
#include "store/tables.h"

namespace portico::auth::test {
namespace {

using audit::Break;
using Why = Break::Why;

class Audit : public Tables {
 public:
  void append(std::string_view actor, std::string_view detail = "{}") {
    write([&](Transaction& db) { append_in(db, actor, detail); });
  }
  void append_in(Transaction& db, std::string_view actor, std::string_view detail) {
    audit::append(db, {.id = id(),
                       .at = now,
                       .actor_id = actor,
                       .action = audit::action::Login,
                       .detail = detail,
                       .ip = "192.0.2.7",
                       .pii = R"({"email":"ada@example.com"})",
                       .salt = bytes<16>(9)});
  }
  std::size_t link(std::size_t most = 1000) {
    return write([&](Transaction& db) { return audit::link(db, most); });
  }
  audit::Verification verify() {
    return read([](Reader& db) { return audit::verify(db); });
  }
  /// So many, chained.
  void fill(int count) {
    for (int i = 0; i < count; ++i) append("ada", R"({"n":)" + std::to_string(i) + "}");
    link();
  }
  /// What is wrong, and where: "3 changed".
  std::string found() {
    const auto first = verify().first;
    if (!first) return "nothing";
    return std::to_string(first->sequence) + " " + std::string(name_of(first->why));
  }
};
INSTANTIATE_TEST_SUITE_P(On, Audit, BothEngines, engine_name);

TEST_P(Audit, IsWholeAsItWasWritten) {
  EXPECT_EQ(found(), "nothing");
  fill(3);
  append("eve");
  const audit::Verification result = verify();
  EXPECT_EQ(found(), "nothing");
  EXPECT_EQ(result.entries, 3);
  EXPECT_EQ(result.unlinked, 1);
  EXPECT_EQ(link(), 1U);
  EXPECT_EQ(link(), 0U);
  EXPECT_EQ(verify().entries, 4);
  EXPECT_NE(verify().head, result.head);
}

TEST_P(Audit, IsThereOnlyWithWhatItTellsOf) {
  try {
    write([&](Transaction& db) {
      append_in(db, "ada", "{}");
      throw std::runtime_error("the flow failed");
    });
    FAIL();
  } catch (const std::runtime_error&) {
  }
  EXPECT_EQ(link(), 0U);
}

TEST_P(Audit, ShowsAChangeOfAnyField) {
  fill(4);
  for (const std::string_view column :
       {"actor_type", "actor_id", "action", "target_type", "target_id", "outcome", "session_id",
        "request_id", "detail", "id"}) {
    const std::string name(column);
    const std::string set = "UPDATE auth_audit_log SET " + name + " = $1 WHERE seq = 3";
    const std::string get = "SELECT " + name + " FROM auth_audit_log WHERE seq = 3";
    const Rows before = read([&](Reader& db) { return db.query({"test.keep", get}); });
    change(set, {"x"});
    EXPECT_EQ(found(), "3 changed") << column;
    change(set, {before[0].maybe_text(0)});
    EXPECT_EQ(found(), "nothing") << column;
  }
}

TEST_P(Audit, ShowsAChangedByteWhereTheHashWasMadeToFit) {
  fill(4);
  change("UPDATE auth_audit_log SET at = at + 1 WHERE seq = 2");
  EXPECT_EQ(found(), "2 changed");
  const Digest forged = sha256(bytes<32>(1));
  change("UPDATE auth_audit_log SET hash = $1 WHERE seq = 2", {forged});
  EXPECT_EQ(found(), "2 changed");
}

TEST_P(Audit, ShowsADeletedRowWhereverItWas) {
  fill(4);
  change("DELETE FROM auth_audit_log WHERE seq = 2");
  EXPECT_EQ(found(), "2 missing");
  change("DELETE FROM auth_audit_log WHERE seq = 1");
  EXPECT_EQ(found(), "1 missing");
}

TEST_P(Audit, ShowsThatItsEndIsGone) {
  fill(4);
  change("DELETE FROM auth_audit_log WHERE seq = 4");
  EXPECT_EQ(found(), "4 missing");
}

TEST_P(Audit, ShowsTwoRowsThatChangedPlaces) {
  fill(3);
  change("UPDATE auth_audit_log SET seq = 9 WHERE seq = 2");
  change("UPDATE auth_audit_log SET seq = 2 WHERE seq = 3");
  change("UPDATE auth_audit_log SET seq = 3 WHERE seq = 9");
  EXPECT_EQ(found(), "2 changed");
}

TEST_P(Audit, StaysWholeWhenWhatIsPersonalIsErased) {
  append("eve");
  fill(3);
  write([](Transaction& db) { audit::erase_personal(db, "ada"); });
  EXPECT_EQ(found(), "nothing");
  EXPECT_EQ(number("SELECT COUNT(*) FROM auth_audit_log WHERE ip IS NOT NULL"), 1);
  EXPECT_EQ(number("SELECT COUNT(*) FROM auth_audit_log WHERE pii LIKE '%ada%'"), 1);
}

TEST_P(Audit, StaysWholeWhenWhatIsPersonalIsErasedBeforeItIsChained) {
  append("ada");
  write([](Transaction& db) { audit::erase_personal(db, "ada"); });
  link();
  EXPECT_EQ(found(), "nothing");
}

TEST_P(Audit, ShowsThatWhatIsPersonalWasChanged) {
  fill(3);
  change("UPDATE auth_audit_log SET ip = '203.0.113.1' WHERE seq = 2");
  EXPECT_EQ(found(), "2 personal");
}

TEST_P(Audit, KeepsTheNetworkOfOldAddresses) {
  fill(3);
  const auto shorten = [&](Time before) {
    return write([&](Transaction& db) { return audit::shorten_addresses(db, before, 2); });
  };
  EXPECT_EQ(shorten(now), 0U);
  EXPECT_EQ(shorten(now + 1s), 2U);
  EXPECT_EQ(shorten(now + 1s), 1U);
  EXPECT_EQ(shorten(now + 1s), 0U);
  EXPECT_EQ(number("SELECT COUNT(*) FROM auth_audit_log WHERE ip = '192.0.2.0/24'"), 3);
  EXPECT_EQ(found(), "nothing");
}

TEST_P(Audit, HasOneChainHoweverManyWriteAndChainAtOnce) {
  std::vector<std::string> ids;
  ids.reserve(40);
  for (int i = 0; i < 40; ++i) ids.push_back(id());
  parallel(44, [&](std::size_t i) {
    if (i >= ids.size()) {
      link(7);
      return;
    }
    write([&](Transaction& db) {
      audit::append(db, {.id = ids[i], .at = now, .action = audit::action::Login});
    });
  });
  while (link(7) > 0) {
  }
  EXPECT_EQ(found(), "nothing");
  EXPECT_EQ(verify().entries, 40);
}

TEST_P(Audit, IsReadPageByPage) {
  write([&](Transaction& db) {
    for (int i = 0; i < 1100; ++i) append_in(db, "ada", "{}");
  });
  EXPECT_EQ(link(2000), 1100U);
  EXPECT_EQ(verify().entries, 1100);
  change("UPDATE auth_audit_log SET detail = '[]' WHERE seq = 1001");
  EXPECT_EQ(found(), "1001 changed");
}

}  // namespace
}  // namespace portico::auth::test
