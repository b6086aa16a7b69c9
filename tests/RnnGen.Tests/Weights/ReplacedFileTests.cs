using System.Diagnostics;
using System.Runtime.Versioning;
using RnnGen.Runtime;

namespace RnnGen.Tests.Weights;

/// <summary>What saving does to what is there: links, names of any length, modes, devices and pipes.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class ReplacedFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("rnngen-replaced-");
    private readonly NetworkMemory _memory = TinyNetwork.CreateSet();

    public void Dispose()
    {
        _memory.Dispose();
        _folder.Delete(recursive: true);
    }

    [SkippableFact]
    public void A_null_device_stays_one()
    {
        Skip.If(OperatingSystem.IsWindows(), "no such device");
        File.CreateSymbolicLink(In("nowhere"), "/dev/null");
        _memory.Save(In("nowhere"));
        _memory.Save("/dev/null");
        Assert.Equal(FileKind.Device, FileKinds.Of("/dev/null"));
        Assert.Equal(["nowhere"], Names());
    }

    [SkippableFact]
    public async Task A_pipe_gets_the_file_and_stays_one()
    {
        string pipe = Pipe();
        Task<byte[]> read = Task.Run(() => File.ReadAllBytes(pipe));
        _memory.Save(pipe);
        Assert.Equal(TinyNetwork.Save(_memory), await read);
        Assert.Equal(FileKind.Device, FileKinds.Of(pipe));
        Assert.Equal(["pipe"], Names());
    }

    [SkippableFact]
    public async Task A_network_is_loaded_from_a_pipe()
    {
        string pipe = Pipe();
        Task write = Task.Run(() => _memory.Save(pipe));
        using NetworkMemory other = TinyNetwork.Create();
        other.Load(pipe);
        await write;
        Assert.Equal(TinyNetwork.Values, TinyNetwork.Weights(other));
    }

    [SkippableFact]
    public void Weights_that_are_not_finite_do_not_even_open_a_pipe()
    {
        string pipe = Pipe();
        _memory.PackedWeights[0] = float.NaN;
        Assert.Throws<ArithmeticException>(() => _memory.Save(pipe)); // nobody reads: it would wait for ever
    }

    [Fact]
    public void Files_folders_and_nothing_are_told_apart()
    {
        File.WriteAllText(In("file"), "");
        Assert.Equal(FileKind.File, FileKinds.Of(In("file")));
        Assert.Equal(FileKind.Folder, FileKinds.Of(_folder.FullName));
        Assert.Equal(FileKind.None, FileKinds.Of(In("none")));
    }

    [Theory]
    [InlineData("w", 1)]
    [InlineData("w", 104)]
    [InlineData("w", 106)]
    [InlineData("w", 107)]
    [InlineData("w", 220)]
    [InlineData("w", 255)]
    [InlineData("ä", 127)]
    [InlineData("😀", 60)]
    public void A_name_may_be_as_long_as_the_file_system_takes(string letter, int count)
    {
        string path = In(string.Concat(Enumerable.Repeat(letter, count)));
        using NetworkMemory other = TinyNetwork.Create();
        other.Save(path);
        _memory.Save(path);
        other.Load(path);
        Assert.Equal(TinyNetwork.Values, TinyNetwork.Weights(other));
        string? hidden = null;
        AtomicFile.Write(path, _ => hidden = Names().Single(name => name.EndsWith(".tmp", StringComparison.Ordinal)));
        Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(hidden!), 1, 143);

        // A writer that was killed: what it leaves goes, and nothing of another file's.
        string other255 = In($".{Guid.NewGuid():N}.{Guid.NewGuid():N}.tmp");
        File.WriteAllText(In(hidden!), "half");
        File.WriteAllText(other255, "half");
        AtomicFile.DeleteLeftovers(path);
        Assert.False(File.Exists(In(hidden!)));
        Assert.True(File.Exists(other255));
    }

    [Fact]
    public void An_asterisk_in_a_name_stands_for_itself()
    {
        string mine = In($".a*.{Guid.NewGuid():N}.tmp"), other = In($".ab.{Guid.NewGuid():N}.tmp");
        File.WriteAllText(mine, "half");
        File.WriteAllText(other, "half");
        AtomicFile.DeleteLeftovers(In("a*"));
        AtomicFile.DeleteLeftovers(In("a?"));
        Assert.Equal([Path.GetFileName(other)], Names());
    }

    // ".." in a link is where the link lies, not where the path to it seems to lie.
    [SkippableFact]
    public void A_relative_link_in_a_linked_folder_is_followed_as_the_system_does()
    {
        Skip.If(OperatingSystem.IsWindows(), "links need a privilege");
        DirectoryInfo deep = _folder.CreateSubdirectory("far").CreateSubdirectory("deep");
        File.WriteAllText(Path.Combine(deep.Parent!.FullName, "real"), "old");
        File.CreateSymbolicLink(Path.Combine(deep.FullName, "link"), "../real");
        Directory.CreateSymbolicLink(In("near"), deep.FullName);
        string path = Path.Combine(In("near"), "link");
        _memory.Save(path);
        Assert.Equal(TinyNetwork.Save(_memory), File.ReadAllBytes(Path.Combine(deep.Parent.FullName, "real")));
        Assert.Equal(["far", "near"], Names());
        Assert.Equal("../real", new FileInfo(path).LinkTarget);
        using NetworkMemory other = TinyNetwork.Create();
        other.Load(path);
        Assert.Equal(TinyNetwork.Values, TinyNetwork.Weights(other));
    }

    [SkippableFact]
    public void A_chain_of_links_stays_one()
    {
        Skip.If(OperatingSystem.IsWindows(), "links need a privilege");
        File.CreateSymbolicLink(In("first"), "./second");
        File.CreateSymbolicLink(In("second"), In("third"));
        _memory.Save(In("first"));
        Assert.Equal(["first", "second", "third"], Names());
        Assert.Null(new FileInfo(In("third")).LinkTarget);
        Assert.Equal(TinyNetwork.Save(_memory), File.ReadAllBytes(In("third")));
    }

    [SkippableFact]
    public void Another_hard_link_keeps_the_old_content()
    {
        Skip.If(OperatingSystem.IsWindows(), "needs ln");
        File.WriteAllText(In("weights"), "old");
        Run("ln", In("weights"), In("kept"));
        _memory.Save(In("weights"));
        Assert.Equal("old", File.ReadAllText(In("kept")));
        Assert.Equal(TinyNetwork.Save(_memory), File.ReadAllBytes(In("weights")));
    }

    [SkippableTheory]
    [InlineData(UnixFileMode.UserRead)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite)] // beyond any umask
    public void A_file_of_any_mode_is_replaced_and_the_new_one_has_it(UnixFileMode mode)
    {
        Skip.If(OperatingSystem.IsWindows(), "no such modes");
        File.WriteAllText(In("weights"), "old");
        File.SetUnixFileMode(In("weights"), mode);
        UnixFileMode? half = null;
        AtomicFile.Write(In("weights"), _ => half = _folder.GetFiles(".*").Single().UnixFileMode);
        Assert.Equal((mode, mode), (half, File.GetUnixFileMode(In("weights"))));
        _memory.Save(In("weights"));
        Assert.Equal(mode, File.GetUnixFileMode(In("weights")));
    }

    private static void Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(program, arguments);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }

    private string Pipe()
    {
        Skip.If(OperatingSystem.IsWindows(), "pipes are no files");
        Run("mkfifo", In("pipe"));
        return In("pipe");
    }

    private string In(string name) => Path.Combine(_folder.FullName, name);

    private IEnumerable<string> Names() => _folder.GetFileSystemInfos().Select(entry => entry.Name).Order(StringComparer.Ordinal);
}
