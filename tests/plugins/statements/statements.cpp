// SPDX-License-Identifier: Apache-2.0
// Writes statements of accounts, which takes a while: as jobs.
#include <portico/sdk.h>

#include <atomic>

namespace {

using namespace portico;
using namespace std::chrono_literals;

struct Wish {
  std::string account;

  static void describe(Schema<Wish>& s) {
    s.summary("A statement that somebody wants.");
    s.field("account", &Wish::account, "Of which account.").required();
  }
};

struct Payment {
  std::string amount;

  static void describe(Schema<Payment>& s) {
    s.summary("A payment that was made.");
    s.field("amount", &Payment::amount, "How much.").required();
  }
};

class Statements final : public Plugin {
 public:
  using Config = NoSettings;
  static constexpr Info info{"statements", "1.0.0", "Writes statements of accounts"};

  Statements(const Config&, Host& host)
      : host_(host),
        sql_(host.sql()),
        jobs_(host.jobs()),
        written_(host.counter("written_total", "Statements.")) {}

  void setup(Registrar& r) override {
    r.route("POST", "/statements/{account}", [this](Request& request) {
       const std::string payload =
           "{\"account\":\"" + std::string(*request.param("account")) + "\"}";
       sql_.write([&](Transaction& db) {
         jobs_.enqueue(db, {.kind = "write", .payload = payload, .at = host_.unix_time() + 1s});
       });
       return Response(Status::Accepted);
     }).summary("Has a statement written.");
    r.route("POST", "/payments/{account}", [this](Request& request) {
       sql_.write([&](Transaction& db) {
         host_.publish(db, "payment.made", *request.param("account"), {{"amount", "5"}});
       });
       return Response(Status::Accepted);
     }).summary("Pays.");
  }

  void start() override {
    jobs_.handle("write", {.threads = 2, .attempts = 5, .pauses = {1s, 1min, 1h}}, [this](Job job) {
      const auto wish = job.payload_as<Wish>();
      if (wish.account == "closed") return job.fail("the account is closed");
      write(wish.account);
      job.done();
    });
    jobs_.on("payment.*", [this](Transaction& db, const Event& event) {
      const auto payment = from_json<Payment>(event.data);
      host_.log(Level::Info, std::string(event.key) + " paid " + payment.amount);
      jobs_.enqueue(db,
                    {.kind = "write", .payload = R"({"account":"payer"})", .unique = event.key});
    });
  }

 private:
  void write(const std::string& account) {
    host_.log(Level::Info, "wrote the statement of " + account);
    written_.add();
  }

  Host& host_;
  Sql& sql_;
  Jobs& jobs_;
  Counter& written_;
};

}  // namespace

PORTICO_EXPORT_PLUGIN(Statements)
