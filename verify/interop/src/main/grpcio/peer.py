"""grpcio as a peer of the interop tests, with the service of gRPC's interop suite and what
GrpcSuiteServer.java adds to it.

    peer.py <suite>            serves: prints "main <address>", until its standard input ends
    peer.py <suite> <address>  calls, and prints "<scenario> <TAB> ok|FAILED <TAB> <detail>"

<suite> is a file with descriptors of the suite's messages and services.
"""

import sys

import client
import server
import suite


def main(descriptors, address=None):
    test_service = suite.load(descriptors, "TestService")
    if address is None:
        server.serve(test_service)
    else:
        client.call(address, test_service, suite.load(descriptors, "UnimplementedService"))


main(*sys.argv[1:])
