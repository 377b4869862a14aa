package io.leadloom.connectors.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRulesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "0.1.2.3",
        "10.0.0.1",
        "100.64.0.1",
        "100.100.100.200",
        "127.0.0.1",
        "127.255.255.254",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.192",
        "192.0.2.1",
        "192.168.1.1",
        "198.18.0.1",
        "198.51.100.7",
        "203.0.113.9",
        "224.0.0.1",
        "239.255.255.250",
        "240.0.0.1",
        "255.255.255.255",
        "168.63.129.16",
        "::",
        "::1",
        "::127.0.0.1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::1",
        "fe80::1",
        "fec0::1",
        "fc00::1",
        "fd00:ec2::254",
        "ff02::1",
        "2001::1",
        "2001:db8::1",
        "2002:7f00:1::",
        "100::1",
        "3fff::1"
      })
  void refuses_what_is_not_public(String address) throws UnknownHostException {
    assertThat(AddressRules.refusal(InetAddress.getByName(address))).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1.1.1", "8.8.8.8", "9.255.255.255", "11.0.0.1", "100.63.255.255", "100.128.0.1",
            "126.255.255.255",
        "128.0.0.1", "169.253.1.1", "172.15.255.255", "172.32.0.1", "192.167.1.1", "192.169.1.1",
            "223.255.255.255",
        "2606:4700:4700::1111", "2a00:1450:4001:81b::200e", "64:ff9b::808:808"
      })
  void allows_what_is_public(String address) throws UnknownHostException {
    assertThat(AddressRules.refusal(InetAddress.getByName(address))).isNull();
  }

  @Test
  void one_private_address_among_public_ones_refuses_the_host() {
    CheckedResolver resolver =
        new CheckedResolver(
            host -> new InetAddress[] {address("1.1.1.1"), address("10.0.0.1")}, settings());
    assertThatThrownBy(() -> resolver.resolve("mixed.example", 443))
        .isInstanceOf(CheckedResolver.RefusedAddress.class)
        .hasMessageContaining("mixed.example");
  }

  @Test
  void a_host_is_looked_up_once_and_only_the_checked_addresses_are_handed_out() throws Exception {
    Deque<String> answers = new ArrayDeque<>(List.of("1.1.1.1", "127.0.0.1"));
    CheckedResolver resolver =
        new CheckedResolver(host -> new InetAddress[] {address(answers.remove())}, settings());
    assertThat(resolver.resolve("rebinding.example", 443))
        .containsExactly(new InetSocketAddress(address("1.1.1.1"), 443));
    assertThat(answers).as("the second answer was not asked for").hasSize(1);
    assertThatThrownBy(() -> resolver.resolve("rebinding.example", 443))
        .isInstanceOf(CheckedResolver.RefusedAddress.class);
  }

  @Test
  void a_public_address_on_an_unusual_port_stays_refused_beside_an_allowed_network() {
    CheckedResolver resolver =
        new CheckedResolver(
            host -> new InetAddress[] {address("1.1.1.1")},
            new WebhookSettings(null, null, List.of("10.0.0.0/8"), 0, 0, 0));
    assertThatThrownBy(() -> resolver.resolve("example.com", 6379))
        .isInstanceOf(CheckedResolver.RefusedAddress.class);
  }

  @Test
  void networks_are_read_in_both_forms_and_names_are_none() {
    assertThat(AddressRules.network("10.0.0.0/8")).isPresent();
    assertThat(AddressRules.network("127.0.0.1")).isPresent();
    assertThat(AddressRules.network("fd00:1::/64")).isPresent();
    for (String wrong :
        List.of("", "localhost", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0/8/8", "example.com/8")) {
      assertThat(AddressRules.network(wrong)).as(wrong).isEmpty();
    }
    List<AddressRules.Block> ten = List.of(AddressRules.network("10.0.0.0/8").orElseThrow());
    assertThat(AddressRules.within(address("10.9.8.7"), ten)).isTrue();
    assertThat(AddressRules.within(address("64:ff9b::a09:807"), ten)).isTrue();
    assertThat(AddressRules.within(address("11.0.0.1"), ten)).isFalse();
  }

  @Test
  void a_port_that_is_not_listed_is_refused() {
    CheckedResolver resolver =
        new CheckedResolver(host -> new InetAddress[] {address("1.1.1.1")}, settings());
    assertThatThrownBy(() -> resolver.resolve("example.com", 6379))
        .isInstanceOf(CheckedResolver.RefusedAddress.class)
        .hasMessageContaining("6379");
  }

  private static WebhookSettings settings() {
    return new WebhookSettings(null, null, null, 0, 0, 0);
  }

  private static InetAddress address(String text) {
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
