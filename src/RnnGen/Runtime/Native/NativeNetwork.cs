using System.ComponentModel;

namespace RnnGen.Runtime;

/// <summary>
/// What generated entry points call, one method each: a network as C sees it. Every method returns a code, and no exception leaves it. Addresses are numbers
/// here, so that generated code needs no unsafe context.
/// </summary>
/// <typeparam name="TSelf">The generated class.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
[CLSCompliant(false)]
public static unsafe partial class NativeNetwork<TSelf>
    where TSelf : class, INetwork<TSelf>
{
    /// <summary>Whether two threads use a network at once: neither may, since one could replace the scratch that the other computes in.</summary>
    private sealed class Instance(TSelf network) : NativeHandle
    {
        private int _used;

        public TSelf Network { get; } = network;

        public NetworkLayout Layout { get; } = TSelf.Layout;

        public bool TryEnter() => Interlocked.CompareExchange(ref _used, 1, 0) == 0;

        public void Exit() => Volatile.Write(ref _used, 0);
    }

    /// <summary>Ends a network: its handle is refused from now on. A call that is under way on another thread goes on to its end.</summary>
    /// <param name="network">The handle; null does nothing and leaves the last failure's text as it is.</param>
    public static NativeStatus Destroy(nint network)
    {
        if (network == 0)
            return NativeStatus.NullArgument;
        try
        {
            return NativeHandles.Find(network) is Instance found && NativeHandles.Remove(found) ? NativeStatus.Ok : NoNetwork(network);
        }
        catch (Exception exception)
        {
            return NativeErrors.Set(exception);
        }
    }

    /// <summary>Sets the state to that before a first step.</summary>
    /// <param name="network">The handle.</param>
    public static NativeStatus Reset(nint network) => Call(network, default(ResetCall));

    /// <summary>Copies the state out.</summary>
    /// <param name="network">The handle.</param>
    /// <param name="state">Receives [StateSize] floats.</param>
    /// <param name="length">How many there is room for.</param>
    public static NativeStatus GetState(nint network, nint state, nuint length) => Call(network, new StateCall(state, length, IsRead: true));

    /// <summary>Sets the state.</summary>
    /// <param name="network">The handle.</param>
    /// <param name="state">[StateSize] floats.</param>
    /// <param name="length">How many they are.</param>
    public static NativeStatus SetState(nint network, nint state, nuint length) => Call(network, new StateCall(state, length, IsRead: false));

    /// <summary>The one way to a network: finds it, checks what it is given, keeps others out meanwhile, and lets nothing out that is thrown.</summary>
    private static NativeStatus Call<TCall>(nint network, TCall call)
        where TCall : struct, ICall
    {
        try
        {
            if (NativeHandles.Find(network) is not Instance found)
                return NoNetwork(network);
            if (call.Check(found.Layout) is not NativeStatus.Ok and var wrong)
                return wrong;
            if (!found.TryEnter())
                return Busy();
            try
            {
                call.Invoke(found.Network);
                return NativeStatus.Ok;
            }
            finally
            {
                found.Exit();
            }
        }
        catch (Exception exception)
        {
            return NativeErrors.Set(exception);
        }
    }

    /// <summary>Something that C asks of a network.</summary>
    private interface ICall
    {
        /// <summary>Checks the arguments, in the order in which C gives them.</summary>
        NativeStatus Check(NetworkLayout layout);

        /// <summary>Does it, with arguments that are fine.</summary>
        void Invoke(TSelf network);
    }

    private readonly struct ResetCall : ICall
    {
        public NativeStatus Check(NetworkLayout layout) => NativeStatus.Ok;

        public void Invoke(TSelf network) => network.Reset();
    }

    private readonly record struct StateCall(nint State, nuint Length, bool IsRead) : ICall
    {
        public NativeStatus Check(NetworkLayout layout) => NativeArguments.Values(State, Length, layout.StateSize, "state", "state_size");

        public void Invoke(TSelf network)
        {
            var state = new Span<float>((void*)State, (int)Length);
            if (IsRead)
                network.CopyStateTo(state);
            else
                network.SetState(state);
        }
    }

    private static NativeStatus NoNetwork(nint handle)
    {
        string name = TSelf.Layout.Network;
        return handle == 0
            ? NativeErrors.Set(NativeStatus.NullArgument, $"network: expected a {name}, got NULL")
            : NativeErrors.Set(NativeStatus.BadHandle, $"network: expected a {name} that has not been destroyed, got 0x{handle:x}");
    }

    private static NativeStatus Busy() =>
        NativeErrors.Set(NativeStatus.Busy, $"network: expected a {TSelf.Layout.Network} that no other thread is using, got one in use");
}
