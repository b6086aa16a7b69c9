using RnnGen.Generator.Planning;
using RnnGen.Generator.Spec;
using RnnGen.Runtime;
using static RnnGen.Generator.Emit.KernelText;

namespace RnnGen.Generator.Emit;

/// <summary>What a network's header says in words.</summary>
internal sealed class NativeHeaderText(NativePlan plan)
{
    private bool OneHot => plan.Network.Spec.OneHot;

    private bool ManyToOne => plan.Network.ManyToOne;

    private string InputSize => NativeText.Size(plan, NativeOperation.InputSize);

    private string OutputSize => NativeText.Size(plan, NativeOperation.OutputSize);

    private string StateSize => NativeText.Size(plan, NativeOperation.StateSize);

    /// <summary>What the network is.</summary>
    public string OfNetwork() =>
        $"{SurfaceText.NameOf(plan.Network)}: {N(plan.Network.Spec.InputSize)} {(OneHot ? "classes" : "features")} per time step, " +
        $"{N(plan.Network.OutputSize)} outputs per {(ManyToOne ? "sequence" : "time step")}.";

    /// <summary>What a size counts.</summary>
    public string OfSize(NativeOperation size) => size switch
    {
        NativeOperation.InputSize => OneHot ? "Input classes." : "Features per time step.",
        NativeOperation.OutputSize => ManyToOne ? "Outputs per sequence." : "Outputs per time step.",
        NativeOperation.StateSize => "Floats of state.",
        _ => throw new ArgumentOutOfRangeException(nameof(size), size, null),
    };

    /// <summary>What a function does.</summary>
    public string Of(NativeFunction function) => function.Operation switch
    {
        NativeOperation.CreateFromMemory => "Creates a network with the weights of a safetensors file that is in memory.",
        NativeOperation.CreateFromFile => "Creates a network with the weights of a safetensors file.",
        NativeOperation.CreateDefault => "Creates a network with the weights that are embedded in the library.",
        NativeOperation.Destroy => "Destroys a network. A call in progress on another thread runs to its end; later calls are rejected.",
        NativeOperation.Step =>
            $"Runs one time step: input in, output out{(ManyToOne ? ", as if the sequence ended here" : "")}. The state is kept for the next step. "
            + "Allocates nothing.",
        NativeOperation.Run =>
            "Runs a sequence from the network's state and leaves the state at its end: T time steps in, "
            + $"{(ManyToOne ? "one output for the sequence" : "one output per time step")} out.",
        NativeOperation.Reset => "Sets the state to its initial value.",
        NativeOperation.GetState => "Copies the state out. With this and the next function, one network serves many streams in turn.",
        NativeOperation.SetState => "Sets the state.",
        NativeOperation.InputSize or NativeOperation.OutputSize or NativeOperation.StateSize =>
            $"{NativeText.Size(plan, function.Operation)} of the library. It differs from this header's if the two do not belong together.",
        NativeOperation.LastError =>
            "Copies the message of the calling thread's last failure, in UTF-8: which argument, what was expected and what was passed. Success does not clear it.",
        _ => throw new ArgumentOutOfRangeException(nameof(function), function.Operation, null),
    };

    /// <summary>What a function returns; null where that needs no words.</summary>
    public string? OfResult(NativeFunction function) => function switch
    {
        { ReturnsCode: true } => $"Returns {Code(NativeStatus.Ok)}, {string.Join(", ", function.Refusals.Select(Code))} or {Code(NativeStatus.Internal)}.",
        { Operation: NativeOperation.LastError } => "Returns the bytes that the whole message needs, including its terminating zero.",
        _ => null,
    };

    /// <summary>What a parameter of a function is.</summary>
    public string Of(NativeFunction function, NativeParameter parameter) => parameter.Role switch
    {
        NativeRole.Network =>
            "the network" + (function.Operation == NativeOperation.Destroy ? ", or NULL, which has no effect" : ""),
        NativeRole.Created => $"receives the network, or NULL; destroy it by {NativeText.Name(plan, NativeOperation.Destroy)}",
        NativeRole.File => "a whole safetensors file; not used after the call",
        NativeRole.FileLength => "its length",
        NativeRole.Path => "the file's path in UTF-8, zero-terminated",
        NativeRole.Input => parameter.Type switch
        {
            NativeType.Class => $"the class, from 0 to {InputSize} - 1",
            NativeType.Classes => $"T classes, each from 0 to {InputSize} - 1",
            _ when IsSequence(function) => $"T x {InputSize} floats, time step by time step",
            _ => $"{InputSize} floats",
        },
        NativeRole.InputLength => !IsSequence(function) ? InputSize : OneHot ? "T, at least 1" : $"T x {InputSize}, T at least 1",
        NativeRole.Output => $"receives {Outputs(function)} floats{Of(function.Overlap)}",
        NativeRole.OutputLength => Outputs(function),
        NativeRole.State =>
            $"{(parameter.Type == NativeType.FloatBuffer ? "receives " : "")}{StateSize} floats: {StateText.Order(plan.Network)}",
        NativeRole.StateLength => StateSize,
        NativeRole.Buffer => "receives the message, cut to fit and zero-terminated; may be NULL",
        NativeRole.Capacity => "bytes of buffer; if 0, nothing is written",
        _ => throw new ArgumentOutOfRangeException(nameof(parameter), parameter.Role, null),
    };

    private static string Of(NativeOverlap? overlap) => overlap switch
    {
        null => "",
        NativeOverlap.Anywhere => "; may overlap input",
        NativeOverlap.NoLater => "; may overlap input as long as each output ends no later than its time step",
        NativeOverlap.Nowhere => "; must not overlap input",
        _ => throw new ArgumentOutOfRangeException(nameof(overlap), overlap, null),
    };

    private static bool IsSequence(NativeFunction function) => function.Operation == NativeOperation.Run;

    private string Outputs(NativeFunction function) => IsSequence(function) && !ManyToOne ? $"T x {OutputSize}" : OutputSize;

    private string Code(NativeStatus status) => NativeText.Code(plan, status);
}
