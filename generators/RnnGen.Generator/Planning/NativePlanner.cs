using System.Globalization;
using static RnnGen.Generator.Spec.NativeNames;

namespace RnnGen.Generator.Planning;

/// <summary>Decides which functions C gets of a network, and says what they take and return.</summary>
internal sealed class NativePlanner
{
    /// <summary>The codes, by the numbers of the runtime's <c>NativeStatus</c>.</summary>
    public static readonly IReadOnlyList<NativeCode> Codes =
    [
        new("Ok", "OK", 0, "It is done."),
        new("NullArgument", "NULL_ARGUMENT", 1, "A pointer is NULL."),
        new("Misaligned", "MISALIGNED", 2, "An address is no multiple of what its type demands."),
        new("WrongLength", "WRONG_LENGTH", 3, "A length is not what the network's sizes demand, or is over its limit."),
        new("BadHandle", "BAD_HANDLE", 4, "The network was destroyed, is of another kind, or was never one."),
        new("BadWeights", "BAD_WEIGHTS", 5, "The weights are damaged, or those of another network."),
        new("InputOutput", "IO", 6, "The file cannot be read."),
        new("OutOfMemory", "OUT_OF_MEMORY", 7, "There is not enough memory."),
        new("Overlap", "OVERLAP", 8, "Outputs would overwrite inputs before they are read."),
        new("BadClass", "BAD_CLASS", 9, "A time step is none of the network's classes."),
        new("Busy", "BUSY", 10, "Another thread is using the network."),
        new("NoLibrary", "NO_LIBRARY", 11, "The loader has found no library that this CPU can run."),
        new("Internal", "INTERNAL", 12, "An error in the library."),
    ];

    private const string InRuntime = "global::RnnGen.Runtime.";

    private readonly NetworkPlan _network;
    private readonly string _prefix;
    private readonly string _macro;
    private readonly string _class;

    private NativePlanner(NetworkPlan network, string prefix, string className)
    {
        (_network, _prefix, _class) = (network, prefix, className);
        _macro = prefix.ToUpperInvariant();
    }

    private bool OneHot => _network.Spec.OneHot;

    private string Input => OneHot ? "const int *" : "const float *";

    private string Answers => _network.ManyToOne ? "the sequence's answer" : "an answer a time step";

    /// <summary>What C gets of a network; null where it is not exported.</summary>
    public static NativePlan? Plan(NetworkPlan network) =>
        network.Spec.NativePrefix is { } prefix ? new NativePlanner(network, prefix, network.Spec.ClassName + network.Spec.TypeParameters).Plan() : null;

    private NativePlan Plan() => new(_prefix, _macro, Summary(), Constants(), Codes, [.. Creation(), .. Use(), .. States(), .. Sizes()]);

    private IReadOnlyList<string> Summary() =>
    [
        $"{_network.Spec.ClassName.TrimStart('@')}: {Number(_network.Spec.InputSize)} {(OneHot ? "classes" : "features")} a time step, " +
            $"{Number(_network.OutputSize)} outputs {(_network.ManyToOne ? "a sequence" : "a time step")}.",
    ];

    private IReadOnlyList<NativeConstant> Constants() =>
    [
        new("INPUT_SIZE", _network.Spec.InputSize, OneHot ? "Classes of a time step." : "Features a time step."),
        new("OUTPUT_SIZE", _network.OutputSize, _network.ManyToOne ? "Outputs a sequence." : "Outputs a time step."),
        new("STATE_SIZE", _network.Sizes.State, "Floats of state."),
    ];

    private IEnumerable<NativeFunction> Creation()
    {
        var created = new NativeParameter($"{_prefix} **", "network", $"receives the network, or NULL; {_prefix}_{Destroy} ends it");
        yield return Code(
            CreateFromMemory,
            [new("const void *", "safetensors", "a whole safetensors file; not needed afterwards"), new("size_t", "bytes", "its length"), created],
            ["Makes a network with the weights of a safetensors file that is in memory."],
            "NULL_ARGUMENT", "MISALIGNED", "WRONG_LENGTH", "BAD_WEIGHTS", "OUT_OF_MEMORY");
        yield return Code(
            CreateFromFile, [new("const char *", "path", "the file's path: UTF-8, ended by a zero byte"), created],
            ["Makes a network with the weights of a safetensors file."],
            "NULL_ARGUMENT", "MISALIGNED", "IO", "BAD_WEIGHTS", "OUT_OF_MEMORY");
        if (_network.Spec.Weights is not null)
            yield return Code(
                CreateDefault, [created], ["Makes a network with the weights that are in the library."],
                "NULL_ARGUMENT", "MISALIGNED", "BAD_WEIGHTS", "OUT_OF_MEMORY")
                with { Body = $"{InRuntime}NativeNetwork<{_class}>.CreateDefault(static () => {_class}.CreateDefault(), network)" };
        yield return Code(
            Destroy, [Network("or NULL, which leaves the text of the last failure as it is")],
            ["Ends a network. A call that is under way on another thread goes on to its end; later ones are refused."],
            "NULL_ARGUMENT", "BAD_HANDLE");
    }

    private IEnumerable<NativeFunction> Use()
    {
        if (_network.Steppable)
            yield return StepFunction();
        string size = OneHot ? "" : $"{_macro}_INPUT_SIZE", outputs = $"{_macro}_OUTPUT_SIZE";
        string inPlace = OneHot || _network.ManyToOne ? Anywhere
            : !_network.Steppable ? "; it is apart from input"
            : "; may overlap input where each answer ends no later than its time step";
        string[] codes = ["NULL_ARGUMENT", "MISALIGNED", "WRONG_LENGTH", "BAD_HANDLE", OneHot ? "BAD_CLASS" : "OVERLAP", "OUT_OF_MEMORY", "BUSY"];
        yield return Code(
            Run,
            [
                Network(),
                new(Input, "input", OneHot ? $"T classes, each from 0 to {_macro}_INPUT_SIZE - 1" : $"T x {size} floats, time step by time step"),
                new("size_t", "input_length", OneHot ? "T, at least 1" : $"T x {size}, T at least 1"),
                new("float *", "output", _network.ManyToOne ? $"receives {outputs} floats{inPlace}" : $"receives T x {outputs} floats{inPlace}"),
                new("size_t", "output_length", _network.ManyToOne ? outputs : $"T x {outputs}"),
            ],
            [$"A sequence from the network's state, which is left where the sequence ends: T time steps in, {Answers} out."],
            codes)
            with
        { Body = Call(OneHot ? "RunClasses" : "Run", "network, input, inputLength, output, outputLength") };
        yield return Code(Reset, [Network()], ["Sets the state to that before a first step."], "NULL_ARGUMENT", "BAD_HANDLE", "BUSY");
    }

    private const string Anywhere = "; may overlap input";

    private NativeFunction StepFunction()
    {
        string asIf = _network.ManyToOne ? ", as if the sequence ended here" : "";
        NativeParameter[] output =
        [
            new("float *", "output", $"receives {_macro}_OUTPUT_SIZE floats{(OneHot ? "" : Anywhere)}"),
            new("size_t", "output_length", $"{_macro}_OUTPUT_SIZE"),
        ];
        string[] summary = [$"One time step: its input in, its answer out{asIf}. The state is kept for the next one. Nothing is allocated."];
        if (OneHot)
            return Code(
                Step, [Network(), new("int", "input", $"the class, from 0 to {_macro}_INPUT_SIZE - 1"), .. output], summary,
                "NULL_ARGUMENT", "MISALIGNED", "WRONG_LENGTH", "BAD_HANDLE", "BAD_CLASS", "BUSY")
                with
            { Body = Call("StepClass", "network, input, output, outputLength") };
        return Code(
            Step,
            [Network(), new(Input, "input", $"{_macro}_INPUT_SIZE floats"), new("size_t", "input_length", $"{_macro}_INPUT_SIZE"), .. output], summary,
            "NULL_ARGUMENT", "MISALIGNED", "WRONG_LENGTH", "BAD_HANDLE", "BUSY");
    }

    private IEnumerable<NativeFunction> States()
    {
        string[] codes = ["NULL_ARGUMENT", "MISALIGNED", "WRONG_LENGTH", "BAD_HANDLE", "BUSY"];
        var length = new NativeParameter("size_t", "state_length", $"{_macro}_STATE_SIZE");
        yield return Code(
            GetState, [Network(), new("float *", "state", $"receives {_macro}_STATE_SIZE floats, layer by layer, h then c"), length],
            ["Copies the state out: with it and the next function one network serves many streams, in turn."], codes);
        yield return Code(
            SetState, [Network(), new("const float *", "state", $"{_macro}_STATE_SIZE floats, layer by layer, h then c"), length], ["Sets the state."], codes);
    }

    private IEnumerable<NativeFunction> Sizes()
    {
        foreach (var (name, size) in new[] { InputSize, OutputSize, StateSize }.Zip(Constants(), (name, size) => (name, size)))
            yield return new NativeFunction(
                $"{_prefix}_{name}", name, Pascal(name), ReturnsCode: false, [], Number(size.Value),
                [$"{_macro}_{size.Name} of the library, which is another than this header's where they do not belong together."], []);
        yield return new NativeFunction(
            $"{_prefix}_{LastError}", LastError, Pascal(LastError), ReturnsCode: false,
            [
                new("char *", "buffer", "receives the text, cut where it does not fit, with a zero byte at its end; may be NULL"),
                new("size_t", "capacity", "bytes of buffer; nothing is written where it is 0"),
            ],
            $"{InRuntime}NativeErrors.Copy(buffer, capacity)",
            ["The text of the calling thread's last failure, UTF-8: which argument, what was expected and what came. Success leaves it alone."], [])
        { Returns = "the bytes that the whole text needs, its zero byte included" };
    }

    private NativeParameter Network(string? more = null) => new($"{_prefix} *", "network", more is null ? "the network" : "the network, " + more);

    private NativeFunction Code(string name, IReadOnlyList<NativeParameter> parameters, IReadOnlyList<string> summary, params string[] codes) => new(
        $"{_prefix}_{name}", name, Pascal(name), ReturnsCode: true, parameters,
        Call(Pascal(name), string.Join(", ", parameters.Select(parameter => parameter.ManagedName))), summary, codes);

    private string Call(string method, string arguments) => $"{InRuntime}NativeNetwork<{_class}>.{method}({arguments})";

    private static string Pascal(string name) => string.Concat(name.Split('_').Select(Ir.Names.Pascal));

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
