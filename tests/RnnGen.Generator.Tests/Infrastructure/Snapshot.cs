using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace RnnGen.Generator.Tests.Infrastructure;

/// <summary>
/// Compares text with a file beside the test, by Verify's protocol (https://github.com/VerifyTests/Verify): <c>Type.Method[_case].verified.txt</c> is what a
/// reviewer has accepted, <c>.received.txt</c> what came instead. To accept everything that comes, run the tests with RNNGEN_ACCEPT_SNAPSHOTS=1 and read the
/// difference in git; where CI=true nothing is ever accepted. A class with snapshots is marked <see cref="UsesVerifyAttribute"/>. Built with
/// <c>-p:UseVerify=true</c>, Verify itself does all of this.
/// </summary>
internal static partial class Snapshot
{
    /// <summary>The variable that accepts what comes.</summary>
    public const string AcceptVariable = "RNNGEN_ACCEPT_SNAPSHOTS";

    /// <summary>Compares. The file is named after the test's file and method, and after <paramref name="caseName"/> where a method has several.</summary>
    public static Task Match(string text, string extension = "txt", string? caseName = null,
        [CallerFilePath] string file = "", [CallerMemberName] string method = "")
    {
        var name = $"{Path.GetFileNameWithoutExtension(file)}.{method}{(caseName is null ? "" : "_" + caseName)}";
        text = Scrub(text);
#if USE_VERIFY
        var settings = new VerifyTests.VerifySettings();
        settings.UseFileName(name);
        return VerifyXunit.Verifier.Verify(text, extension, settings, file);
#else
        var accept = Environment.GetEnvironmentVariable(AcceptVariable) == "1" && Environment.GetEnvironmentVariable("CI") != "true";
        Compare(text, Path.Combine(Path.GetDirectoryName(file)!, name), extension, accept);
        return Task.CompletedTask;
#endif
    }

    /// <summary>What does not depend on the version, on the system's line ends or on an editor's last line.</summary>
    internal static string Scrub(string text) => VersionPattern().Replace(text.ReplaceLineEndings("\n").TrimEnd('\n'), "{version}");

    /// <summary>Compares with <c>stem.verified.extension</c>.</summary>
    internal static void Compare(string text, string stem, string extension, bool accept)
    {
        var verified = $"{stem}.verified.{extension}";
        var received = $"{stem}.received.{extension}";
        var expected = File.Exists(verified) ? File.ReadAllText(verified).ReplaceLineEndings("\n").TrimEnd('\n') : null;
        if (text == expected || accept)
        {
            if (text != expected)
                File.WriteAllText(verified, text);
            File.Delete(received);
            return;
        }

        File.WriteAllText(received, text);
        var reason = expected is null ? $"{verified} does not exist" : $"{verified} differs";
        Assert.Fail($"{reason}. If what came is right, rename {Path.GetFileName(received)} or run with {AcceptVariable}=1.\n{UnifiedDiff.Of(expected ?? "", text)}");
    }

    [GeneratedRegex("""(?<=GeneratedCode(?:Attribute)?\("RnnGen\.Generator", ")[^"]*(?="\))|(?<=RnnGen\.Generator )[0-9]+(\.[0-9]+)+""")]
    private static partial Regex VersionPattern();
}
